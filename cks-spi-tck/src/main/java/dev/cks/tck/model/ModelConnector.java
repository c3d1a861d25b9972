package dev.cks.tck.model;

import java.util.Map;
import java.util.Objects;

/** Connecting and disconnecting, in the order of spec B.4. */
final class ModelConnector {
  private static final Map<String, String> CODES =
      Map.of(
          ModelNode.NO_USER, "USER_NOT_FOUND",
          ModelNode.LOCKED, "USER_LOCKED_OUT",
          ModelNode.AUTH_FAILED, "INVALID_CREDENTIALS",
          ModelNode.LOGGED_IN, "USER_LOGGED_IN",
          ModelCluster.UNREACHABLE, "NETWORK_ERRORS",
          ModelCluster.NO_ACTIVE_HSM, "INSUFFICIENT_CLOUDHSM_HSMS");

  private final ModelWorld world;
  private final long latency;
  private int secrets;

  ModelConnector(ModelWorld world, long latency) {
    this.world = world;
    this.latency = latency;
  }

  String connect(int number) {
    ModelStore store = world.stores.get(number);
    String before = store == null ? "" : store.connection;
    String outcome = world.move(store, "ConnectCustomKeyStore");
    if (store != null && !store.connection.equals(before)) {
      store.errorCode = "";
      begin(store, () -> attempt(store));
    }
    return outcome;
  }

  String disconnect(int number) {
    ModelStore store = world.stores.get(number);
    String outcome = world.move(store, "DisconnectCustomKeyStore");
    if (store != null && outcome.equals(ReferenceModel.OK)) {
      begin(store, () -> finishDisconnect(store));
    }
    return outcome;
  }

  private void begin(ModelStore store, Runnable work) {
    long attempt = ++store.attempt;
    if (latency == 0) {
      work.run();
    } else {
      world.at(world.now + latency, () -> onlyIn(attempt, store, work));
    }
  }

  /** What a newer attempt has overtaken says nothing any more. */
  private static void onlyIn(long attempt, ModelStore store, Runnable work) {
    if (store.attempt == attempt) {
      work.run();
    }
  }

  private void finishDisconnect(ModelStore store) {
    store.endSession();
    world.move(store, "Attempt disconnected");
  }

  private void attempt(ModelStore store) {
    ModelDoubt doubt = store.cluster.doubt;
    String code = doubt == null ? establish(store) : seen(store, doubt);
    boolean connected = code.isEmpty();
    world.move(store, connected ? "Attempt connected" : "Attempt failed");
    store.errorCode = code;
  }

  /** What became of an attempt among faults, if they can have done that. */
  private String seen(ModelStore store, ModelDoubt doubt) {
    int number = world.number(store);
    boolean connected = world.sight().connection(number).equals(ModelStore.CONNECTED);
    boolean candidate = world.sight().hasCandidate(number);
    String attached = store.cluster.subnets.attach();
    doubt.connected();
    String secret = store.candidate == null ? "secret " + ++secrets : store.candidate;
    if (connected && attached.equals(ReferenceModel.OK)) {
      store.password = secret;
      store.candidate = null;
      store.session = new ModelSession(secret, null);
      return "";
    }
    store.candidate = candidate ? secret : store.candidate;
    if (attached.equals(ReferenceModel.OK)) {
      store.cluster.subnets.detach();
    }
    String code = world.sight().errorCode(number);
    return code.equals(attached) || doubt.explains(code) ? code : "none that faults explain";
  }

  /** Empty once connected, else the ConnectionErrorCode. */
  private String establish(ModelStore store) {
    ModelCluster cluster = store.cluster;
    if (cluster.deleted) {
      return "CLUSTER_NOT_FOUND";
    }
    String attached = cluster.subnets.attach();
    if (!attached.equals(ReferenceModel.OK)) {
      return attached;
    }
    String code = logIn(store, cluster);
    if (!code.isEmpty()) {
      cluster.subnets.detach();
    }
    return code;
  }

  private String logIn(ModelStore store, ModelCluster cluster) {
    if (cluster.failsNextLogin) {
      cluster.failsNextLogin = false;
      return "INTERNAL_ERROR";
    }
    ModelSession session = new ModelSession(store.password, store.candidate);
    String answer = cluster.broken ? ModelNode.AUTH_FAILED : cluster.logIn(session);
    if (!answer.equals(ReferenceModel.OK)) {
      return Objects.requireNonNull(CODES.get(answer), answer);
    }
    if (!rotate(store, session)) {
      cluster.logOut(session);
      return "NETWORK_ERRORS";
    }
    store.session = session;
    return "";
  }

  /** KMS remembers the new password before it sends it, and the old one until all have it. */
  private boolean rotate(ModelStore store, ModelSession session) {
    ModelCluster cluster = store.cluster;
    String secret = store.candidate == null ? "secret " + ++secrets : store.candidate;
    store.candidate = secret;
    ModelNode cut = cluster.cutInNextRotation < 0 ? null : cluster.node(cluster.cutInNextRotation);
    if (cut != null) {
      cut.partitioned = true;
    }
    cluster.cutInNextRotation = -1;
    boolean everywhere = cluster.rotate(session, secret);
    if (everywhere) {
      store.password = secret;
      store.candidate = null;
    }
    return everywhere;
  }
}
