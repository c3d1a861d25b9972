package dev.cks.local.scenario;

import dev.cks.local.SimulatedAws;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.network.Network;
import dev.cks.sim.network.SecurityGroup.Direction;
import dev.cks.spi.ClusterFacts.Hsm;
import dev.cks.spi.ClusterFacts.Subnet;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;

/**
 * The lab: what happens to the world and is no command of anybody. {@code lab> stop hsm
 * us-east-1b}, {@code lab> wait until CONNECTED}.
 */
final class Lab {
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final SimulatedAws aws;

  Lab(SimulatedAws aws) {
    this.aws = aws;
  }

  /** Does what {@code words} say to {@code cluster}; what it makes, it returns. */
  String run(Supplier<SimulatedCluster> cluster, String storeId, List<String> words) {
    String verb = String.join(" ", words.subList(0, Math.min(2, words.size())));
    List<String> rest = words.subList(Math.min(2, words.size()), words.size());
    String object = String.join(" ", rest);
    switch (verb) {
      case "wait until" -> waitUntil(storeId, object);
      case "stop hsm" -> cluster.get().stopNode(object);
      case "start hsm" -> cluster.get().startNode(object);
      case "partition hsm" -> cluster.get().partition(object);
      case "heal hsm" -> cluster.get().heal(object);
      case "delete hsms" ->
          cluster.get().facts().hsms().stream().map(Hsm::id).forEach(cluster.get()::removeHsm);
      case "occupy sessions" -> cluster.get().occupySessions(SimulatedCluster.SESSION_LIMIT);
      case "free sessions" -> cluster.get().occupySessions(0);
      case "install faults" -> cluster.get().faults().install(FaultPlan.script(object).unbounded());
      case "clear faults" -> cluster.get().faults().clear();
      case "make cluster" -> {
        return aws.cloudHsm().cluster().create().id();
      }
      default -> network(cluster, verb, object);
    }
    return "";
  }

  private void network(Supplier<SimulatedCluster> cluster, String verb, String object) {
    switch (verb) {
      case "cut network" -> cluster.get().cutNetwork();
      case "restore network" -> cluster.get().restoreNetwork();
      case "revoke rule" -> cluster.get().revokeRule(Direction.valueOf(object));
      case "restore rule" -> cluster.get().restoreRule(Direction.valueOf(object));
      case "delete subnet" -> cluster.get().deleteSubnet(object);
      case "fill subnet" ->
          cluster.get().takeAddresses(object, cluster.get().freeAddresses(object));
      case "free addresses" -> cluster.get().takeAddresses(object, -2);
      default -> passTime(verb, object);
    }
  }

  private void passTime(String verb, String unit) {
    if (!verb.startsWith("wait ")) {
      throw new IllegalArgumentException("the lab cannot " + verb + " " + unit);
    }
    String plural = unit.toUpperCase(Locale.ROOT) + (unit.endsWith("s") ? "" : "S");
    long amount = Long.parseLong(verb.substring("wait ".length()));
    aws.clock().advance(Duration.of(amount, ChronoUnit.valueOf(plural)));
  }

  private void waitUntil(String storeId, String state) {
    ConnectionStateType wanted = ConnectionStateType.fromValue(state);
    Duration waited = Duration.ZERO;
    while (connection(storeId) != wanted) {
      if (waited.compareTo(PATIENCE) > 0) {
        throw new AssertionError("still " + connection(storeId) + " after 20 minutes");
      }
      aws.clock().advance(Duration.ofSeconds(30));
      waited = waited.plusSeconds(30);
    }
  }

  private ConnectionStateType connection(String storeId) {
    return aws.kms()
        .describeCustomKeyStores(r -> r.customKeyStoreId(storeId))
        .customKeyStores()
        .get(0)
        .connectionState();
  }

  /** The subnets of a cluster, as the CLI takes them. */
  static String subnets(SimulatedCluster cluster) {
    return cluster.facts().subnets().stream().map(Subnet::id).collect(Collectors.joining(" "));
  }

  /** Three more subnets, in a VPC of their own. */
  String otherSubnets() {
    Network network = aws.cloudHsm().network();
    String vpc = network.createVpc("10.9.0.0/16");
    return network.createSubnet(vpc, "us-east-1a", "10.9.1.0/24")
        + " "
        + network.createSubnet(vpc, "us-east-1b", "10.9.2.0/24")
        + " "
        + network.createSubnet(vpc, "us-east-1c", "10.9.3.0/24");
  }
}
