package dev.cks.tck.model;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What people and accidents do to clusters. */
final class ModelHands {
  private static final Set<Step.Kind> SAID_TO_HSMS =
      EnumSet.of(
          Step.Kind.SET_KMSUSER_PASSWORD,
          Step.Kind.CREATE_KMSUSER,
          Step.Kind.DELETE_KMSUSER,
          Step.Kind.DELETE_KMSUSER_ON,
          Step.Kind.LOG_IN_AS_KMSUSER,
          Step.Kind.LOG_OUT_AS_KMSUSER,
          Step.Kind.DELETE_MATERIAL);

  private final ModelWorld world;
  private final ModelKeys keys;

  ModelHands(ModelWorld world, ModelKeys keys) {
    this.world = world;
    this.keys = keys;
  }

  /** What is said to it; OK also where there is nothing to do it to. */
  String take(Step step) {
    ModelCluster cluster = world.clusters.get(step.store());
    if (cluster == null || cluster.deleted) {
      return ReferenceModel.OK;
    }
    if (step.kind() == Step.Kind.INSTALL_FAULTS) {
      return installFaults(cluster);
    }
    return cluster.doubt == null
        ? takeFor(cluster, step)
        : takeInDoubt(cluster, cluster.doubt, step);
  }

  private String installFaults(ModelCluster cluster) {
    ModelDoubt doubt = cluster.doubt;
    if (doubt == null) {
      doubt = new ModelDoubt(cluster, world.storeOn(cluster));
      cluster.doubt = doubt;
    }
    doubt.planned();
    return ReferenceModel.OK;
  }

  /** What the HSMs say is open; what people did to them is not. */
  private String takeInDoubt(ModelCluster cluster, ModelDoubt doubt, Step step) {
    switch (step.kind()) {
      case SET_KMSUSER_PASSWORD, CREATE_KMSUSER -> doubt.told(step.name(), world.observed);
      case DELETE_KMSUSER, DELETE_KMSUSER_ON -> doubt.usersTouched();
      case LOG_IN_AS_KMSUSER -> {
        doubt.usersTouched();
        boolean in = world.observed.equals(ReferenceModel.OK);
        cluster.person = in ? new ModelSession(step.name(), null) : null;
      }
      case LOG_OUT_AS_KMSUSER -> cluster.person = null;
      case DELETE_MATERIAL, STOP_HSM, CUT_NETWORK, REMOVE_HSM -> doubt.harmed();
      case PARTITION_HSM -> onNode(cluster, step.number(), doubt::partitioned);
      case HEAL_HSM -> onNode(cluster, step.number(), doubt::healed);
      case CLEAR_FAULTS -> doubt.cleared(world.now);
      default -> {}
    }
    if (!SAID_TO_HSMS.contains(step.kind())) {
      befall(cluster, step);
    }
    return world.observed;
  }

  private String takeFor(ModelCluster cluster, Step step) {
    return switch (step.kind()) {
      case SET_KMSUSER_PASSWORD -> cluster.onEach(node -> node.setPassword(step.name()));
      case CREATE_KMSUSER -> cluster.onEach(node -> node.createUser(step.name()));
      case DELETE_KMSUSER -> cluster.onEach(ModelNode::deleteUser);
      case DELETE_KMSUSER_ON -> deleteUserOn(cluster, cluster.node(step.number()));
      case LOG_IN_AS_KMSUSER -> logIn(cluster, step.name());
      case LOG_OUT_AS_KMSUSER -> logOut(cluster);
      case DELETE_MATERIAL -> cluster.deleteMaterial(keys.material(step.key()));
      default -> {
        befall(cluster, step);
        yield ReferenceModel.OK;
      }
    };
  }

  private static String deleteUserOn(ModelCluster cluster, @Nullable ModelNode node) {
    if (node == null) {
      return ReferenceModel.OK;
    }
    return cluster.answers(node) ? node.deleteUser() : ModelCluster.UNREACHABLE;
  }

  private static String logIn(ModelCluster cluster, String password) {
    logOut(cluster);
    ModelSession session = new ModelSession(password, null);
    String outcome = cluster.logIn(session);
    cluster.person = outcome.equals(ReferenceModel.OK) ? session : null;
    return outcome;
  }

  private static String logOut(ModelCluster cluster) {
    if (cluster.person != null) {
      cluster.logOut(cluster.person);
      cluster.person = null;
    }
    return ReferenceModel.OK;
  }

  private static void befall(ModelCluster cluster, Step step) {
    int number = step.number();
    switch (step.kind()) {
      case ADD_HSM -> cluster.add(number);
      case REMOVE_HSM -> onNode(cluster, number, cluster::remove);
      case DELETE_CLUSTER -> cluster.delete();
      case BREAK_CLUSTER -> cluster.broken = true;
      case REPAIR_CLUSTER -> cluster.broken = false;
      case STOP_HSM -> onNode(cluster, number, ModelNode::stop);
      case START_HSM -> onNode(cluster, number, cluster::start);
      case PARTITION_HSM -> onNode(cluster, number, node -> node.partitioned = true);
      case HEAL_HSM -> onNode(cluster, number, cluster::heal);
      case CUT_NETWORK -> cluster.network = false;
      case RESTORE_NETWORK -> cluster.restoreNetwork();
      case TAKE_ADDRESSES -> cluster.subnets.takeAll(number);
      case GIVE_ADDRESSES -> cluster.subnets.giveBack(number);
      case DELETE_SUBNET -> cluster.subnets.delete(number);
      case OCCUPY_SESSIONS -> cluster.occupied = true;
      case FREE_SESSIONS -> cluster.occupied = false;
      case FAIL_NEXT_LOGIN -> cluster.failsNextLogin = true;
      case CUT_NEXT_ROTATION -> cluster.cutInNextRotation = number;
      case CLEAR_FAULTS -> {}
      default -> throw new IllegalArgumentException("no step of people or accidents: " + step);
    }
  }

  private static void onNode(ModelCluster cluster, int number, Consumer<ModelNode> what) {
    ModelNode node = cluster.node(number);
    if (node != null) {
      what.accept(node);
    }
  }
}
