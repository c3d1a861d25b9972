package dev.cks.testkit.simulation;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.time.Seed;
import dev.cks.sim.user.Role;
import dev.cks.spi.ClusterFacts.Subnet;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession;
import dev.cks.spi.HsmSession.Outcome;
import dev.cks.tck.model.ReferenceModel;
import dev.cks.tck.model.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Takes the steps of people and accidents with the simulator's own methods. */
final class People {
  private static final int MOST_HSMS = 28;
  private static final String USER = SimulatedCluster.KMSUSER;

  private final Map<Integer, Interposed> clusters;
  private final IntFunction<@Nullable String> labels;
  private final Consumer<SimulatedCluster> deletion;
  private final Map<Integer, HsmSession> loggedIn = new HashMap<>();

  /**
   * Hands for these clusters.
   *
   * @param labels the label of the latest material of a key, by its number
   * @param deletion how a cluster is deleted
   */
  People(
      Map<Integer, Interposed> clusters,
      IntFunction<@Nullable String> labels,
      Consumer<SimulatedCluster> deletion) {
    this.clusters = clusters;
    this.labels = labels;
    this.deletion = deletion;
  }

  static String password(String name) {
    return Trail.CANARY + name;
  }

  String take(Step step) {
    Interposed found = clusters.get(step.store());
    if (found == null) {
      return ReferenceModel.OK;
    }
    SimulatedCluster cluster = found.cluster;
    String password = password(step.name());
    return switch (step.kind()) {
      case SET_KMSUSER_PASSWORD -> said(cluster.changePassword(USER, password));
      case CREATE_KMSUSER -> said(cluster.createUser(USER, password, Role.CRYPTO_USER));
      case DELETE_KMSUSER -> said(cluster.deleteUser(USER));
      case DELETE_KMSUSER_ON -> deleteUserOn(found, step.number());
      case LOG_IN_AS_KMSUSER -> logIn(step.store(), cluster, password);
      case LOG_OUT_AS_KMSUSER -> logOut(step.store());
      case DELETE_MATERIAL -> deleteMaterial(cluster, labels.apply(step.key()));
      default -> {
        befall(found, step);
        yield ReferenceModel.OK;
      }
    };
  }

  private static String said(List<Outcome> outcomes) {
    StringJoiner answers = new StringJoiner(" ");
    for (Outcome outcome : outcomes) {
      answers.add(word(outcome.failure()));
    }
    return answers.toString();
  }

  private static String word(@Nullable Reason failure) {
    return failure == null ? ReferenceModel.OK : failure.name();
  }

  private static String deleteUserOn(Interposed cluster, int number) {
    String hsm = cluster.hsm(number);
    return hsm == null ? ReferenceModel.OK : word(cluster.cluster.deleteUserOn(hsm, USER));
  }

  private String logIn(int number, SimulatedCluster cluster, String password) {
    logOut(number);
    try {
      loggedIn.put(number, cluster.loginAs(USER, password));
      return ReferenceModel.OK;
    } catch (HsmException refusal) {
      return refusal.reason().name();
    }
  }

  private String logOut(int number) {
    HsmSession session = loggedIn.remove(number);
    if (session != null) {
      session.close();
    }
    return ReferenceModel.OK;
  }

  private static String deleteMaterial(SimulatedCluster cluster, @Nullable String label) {
    try {
      return label == null ? "none" : said(cluster.deleteKey(label));
    } catch (IllegalArgumentException unknown) {
      return "none";
    }
  }

  private void befall(Interposed found, Step step) {
    SimulatedCluster cluster = found.cluster;
    int number = step.number();
    switch (step.kind()) {
      case ADD_HSM -> addHsm(found, number);
      case REMOVE_HSM -> {
        if (cluster.facts().hsms().size() > 1) {
          onHsm(found, number, cluster::removeHsm);
        }
      }
      case DELETE_CLUSTER -> {
        deletion.accept(cluster);
        clusters.remove(step.store());
      }
      case STOP_HSM -> onHsm(found, number, cluster::stopNode);
      case START_HSM -> onHsm(found, number, cluster::startNode);
      case PARTITION_HSM -> onHsm(found, number, cluster::partition);
      case HEAL_HSM -> onHsm(found, number, cluster::heal);
      case CUT_NETWORK -> cluster.cutNetwork();
      case RESTORE_NETWORK -> cluster.restoreNetwork();
      case TAKE_ADDRESSES, GIVE_ADDRESSES, DELETE_SUBNET -> onSubnet(found, step);
      case OCCUPY_SESSIONS -> cluster.occupySessions(SimulatedCluster.SESSION_LIMIT);
      case FREE_SESSIONS -> cluster.occupySessions(0);
      case FAIL_NEXT_LOGIN -> found.failsNextLogin = true;
      case CUT_NEXT_ROTATION -> found.cutInNextRotation = number;
      case INSTALL_FAULTS -> cluster.faults().install(FaultPlan.drawn(Seed.of(number)));
      case CLEAR_FAULTS -> cluster.faults().clear();
      default -> throw new IllegalArgumentException("no step for the simulator: " + step);
    }
  }

  private static void onSubnet(Interposed found, Step step) {
    SimulatedCluster cluster = found.cluster;
    String subnet = found.subnet(step.number());
    if (found.deletedSubnets.contains(subnet)) {
      return;
    }
    switch (step.kind()) {
      case TAKE_ADDRESSES -> {
        int free = cluster.freeAddresses(subnet);
        cluster.takeAddresses(subnet, free);
        found.taken.merge(subnet, free, Integer::sum);
      }
      case GIVE_ADDRESSES ->
          cluster.takeAddresses(subnet, -Objects.requireNonNullElse(found.taken.remove(subnet), 0));
      default -> {
        cluster.deleteSubnet(subnet);
        found.deletedSubnets.add(subnet);
      }
    }
  }

  private static void addHsm(Interposed found, int number) {
    SimulatedCluster cluster = found.cluster;
    List<Subnet> subnets = cluster.facts().subnets();
    Subnet subnet = subnets.get(number % subnets.size());
    boolean room =
        !found.deletedSubnets.contains(subnet.id()) && cluster.freeAddresses(subnet.id()) > 0;
    if (room && cluster.facts().hsms().size() < MOST_HSMS) {
      cluster.addHsm(subnet.zone());
    }
  }

  private static void onHsm(Interposed cluster, int number, Consumer<String> what) {
    String hsm = cluster.hsm(number);
    if (hsm != null) {
      what.accept(hsm);
    }
  }
}
