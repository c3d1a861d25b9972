package dev.cks.sim;

import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.network.NetworkException;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.HsmState;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the API does with single HSMs. Called under the service's lock. */
final class HsmOperations {
  private final SimulatedCloudHsm service;
  private final ClusterOperations clusters;

  HsmOperations(SimulatedCloudHsm service, ClusterOperations clusters) {
    this.service = service;
    this.clusters = clusters;
  }

  Hsm create(CloudHsmRequests.CreateHsm request) {
    SimulatedCluster cluster = clusters.existing(request.clusterId());
    String zone = Refusal.required(request.availabilityZone(), "AvailabilityZone");
    ClusterStep.CREATE_HSM.admit(cluster);
    requireQuotas(cluster);
    requireSomethingToRestore(cluster);
    if (!cluster.site().subnets().containsKey(zone)) {
      throw Refusal.invalid("The cluster " + cluster.id() + " has no subnet in " + zone + ".");
    }
    Rack.Slot slot = reserve(cluster, zone, request.ipAddress());
    if (!cluster.fleet().nodes().isEmpty()) {
      cluster.backupOfChange(service.latencies().backup());
    }
    Hsm shown = cluster.rack().describe(slot, cluster.family().hsmType());
    service.later(
        service.latencies().createHsm(),
        "creation of " + slot.id(),
        cluster,
        () -> arrive(cluster, slot));
    return shown;
  }

  private static Rack.Slot reserve(SimulatedCluster cluster, String zone, @Nullable String ip) {
    try {
      return cluster.reserve(zone, ip);
    } catch (NetworkException failure) {
      throw Refusal.invalid("The HSM has no address: " + failure.getMessage() + ".");
    }
  }

  private void requireQuotas(SimulatedCluster cluster) {
    CloudHsmQuotas quotas = service.quotas();
    if (cluster.rack().size() >= quotas.hsmsPerCluster()) {
      throw Refusal.invalid(
          "The quota of " + quotas.hsmsPerCluster() + " HSMs in a cluster is reached.");
    }
    long used =
        service.clusters().stream()
            .filter(other -> other.site().counted())
            .mapToLong(other -> other.rack().size())
            .sum();
    if (cluster.site().counted() && used >= quotas.hsms()) {
      throw Refusal.invalid(
          "The quota of " + quotas.hsms() + " HSMs in this account and Region is reached.");
    }
  }

  /** A cluster that was in use and has no HSM lives in its last backup. */
  private void requireSomethingToRestore(SimulatedCluster cluster) {
    boolean empty = cluster.rack().size() == 0 && cluster.isInUse();
    if (empty
        && cluster.site().sourceBackupId() == null
        && service.vault().newestOf(cluster.id()).isEmpty()) {
      throw Refusal.invalid("The cluster " + cluster.id() + " has no backup to restore.");
    }
  }

  private void arrive(SimulatedCluster cluster, Rack.Slot slot) {
    cluster.arrived(slot);
    if (cluster.condition().state() == ClusterState.UNINITIALIZED) {
      cluster.becomeIdentified();
    } else if (cluster.isInUse()) {
      cluster.startBackups(service.latencies().backup());
    }
  }

  String delete(CloudHsmRequests.DeleteHsm request) {
    SimulatedCluster cluster = clusters.existing(request.clusterId());
    Rack.Slot slot = meant(cluster, request);
    ClusterStep.DELETE_HSM.admit(cluster);
    if (slot.phase() != HsmState.ACTIVE) {
      throw Refusal.invalid("The HSM " + slot.id() + " is in state " + slot.phase() + ".");
    }
    cluster.backupOfChange(service.latencies().backup());
    cluster.rack().leaving(slot);
    service.later(
        service.latencies().deleteHsm(),
        "deletion of " + slot.id(),
        cluster,
        () -> cluster.rack().left(slot));
    return slot.id();
  }

  private static Rack.Slot meant(SimulatedCluster cluster, CloudHsmRequests.DeleteHsm request) {
    if (request.hsmId() == null && request.eniId() == null && request.eniIp() == null) {
      throw Refusal.invalid("HsmId, EniId or EniIp is required.");
    }
    List<Rack.Slot> matching =
        cluster.rack().slots().stream()
            .filter(slot -> isMeant(request.hsmId(), slot.id()))
            .filter(slot -> isMeant(request.eniId(), slot.address().id()))
            .filter(slot -> isMeant(request.eniIp(), slot.address().ip()))
            .toList();
    if (matching.isEmpty()) {
      throw Refusal.notFound(
          Objects.requireNonNullElse(
              request.hsmId(),
              Objects.requireNonNullElse(request.eniId(), String.valueOf(request.eniIp()))));
    }
    return matching.get(0);
  }

  private static boolean isMeant(@Nullable String wanted, String actual) {
    return wanted == null || wanted.equals(actual);
  }
}
