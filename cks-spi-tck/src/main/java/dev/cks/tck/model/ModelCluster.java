package dev.cks.tck.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A cluster: HSMs that agree on nothing but what each was told (spec F.3), and the network before
 * them.
 */
final class ModelCluster {
  static final String UNREACHABLE = "UNREACHABLE";
  static final String NO_ACTIVE_HSM = "NO_ACTIVE_HSM";
  static final String KEY_NOT_FOUND = "KEY_NOT_FOUND";
  private static final int MOST_HSMS = 28;

  /** Of different answers to a login the first one here counts (spec B.5). */
  private static final List<String> WORST_FIRST =
      List.of(
          ModelNode.NO_USER,
          ModelNode.LOCKED,
          ModelNode.AUTH_FAILED,
          ModelNode.LOGGED_IN,
          UNREACHABLE);

  final ClusterPlan plan;
  final List<ModelNode> nodes = new ArrayList<>();
  final ModelSubnets subnets;
  final List<ModelSession> sessions = new ArrayList<>();

  /** What somebody destroyed on some HSM, whichever HSMs still have it. */
  final BitSet unwanted = new BitSet();

  boolean deleted;
  boolean network = true;
  boolean occupied;
  boolean broken;
  boolean failsNextLogin;
  int cutInNextRotation = -1;
  @Nullable ModelSession person;

  /** Null: nothing is open, the model knows what each HSM answers. */
  @Nullable ModelDoubt doubt;

  ModelCluster(ClusterPlan plan) {
    this.plan = plan;
    this.subnets = new ModelSubnets(plan.zones());
    for (int i = 0; i < plan.hsms(); i++) {
      nodes.add(new ModelNode(i % plan.zones(), plan.trusting()));
    }
  }

  boolean answers(ModelNode node) {
    return network && node.active && !node.partitioned;
  }

  boolean hasActive() {
    return nodes.stream().anyMatch(node -> node.active);
  }

  int activeZones() {
    BitSet zones = new BitSet();
    nodes.stream().filter(node -> node.active).forEach(node -> zones.set(node.zone));
    return zones.cardinality();
  }

  @Nullable ModelNode node(int number) {
    return nodes.isEmpty() ? null : nodes.get(number % nodes.size());
  }

  /** What each active HSM says, in their order. */
  String onEach(Function<ModelNode, String> call) {
    StringJoiner answers = new StringJoiner(" ");
    for (ModelNode node : nodes) {
      if (node.active) {
        answers.add(answers(node) ? call.apply(node) : UNREACHABLE);
      }
    }
    return answers.toString();
  }

  // logins

  /** One attempt on each active HSM; OK, or the worst answer, and then nobody is logged in. */
  String logIn(ModelSession session) {
    if (!hasActive()) {
      return NO_ACTIVE_HSM;
    }
    List<String> heard = new ArrayList<>();
    for (ModelNode node : nodes) {
      if (node.active) {
        heard.add(answers(node) ? session.logInto(node) : UNREACHABLE);
      }
    }
    for (String answer : WORST_FIRST) {
      if (heard.contains(answer)) {
        logOut(session);
        return answer;
      }
    }
    sessions.add(session);
    return ReferenceModel.OK;
  }

  void logOut(ModelSession session) {
    sessions.remove(session);
    for (ModelNode node : nodes) {
      if (node.login == session) {
        node.login = null;
      }
    }
  }

  /** The session's user changes its own password; whether every active HSM took it. */
  boolean rotate(ModelSession session, String password) {
    boolean everywhere = true;
    for (ModelNode node : nodes) {
      if (node.active && answers(node) && node.login == session) {
        node.password = password;
        node.failures = 0;
      } else {
        everywhere &= !node.active;
      }
    }
    session.candidate = everywhere ? null : session.password;
    session.password = password;
    return everywhere;
  }

  // keys

  List<ModelNode> serving(ModelSession session) {
    return nodes.stream().filter(node -> answers(node) && node.login == session).toList();
  }

  /** OK, or why the material cannot be used. */
  String find(ModelSession session, int material) {
    List<ModelNode> serving = serving(session);
    if (serving.stream().anyMatch(node -> node.keys.get(material))) {
      return ReferenceModel.OK;
    }
    if (!hasActive()) {
      return NO_ACTIVE_HSM;
    }
    boolean allSpoke = nodes.stream().filter(node -> node.active).allMatch(serving::contains);
    return allSpoke ? KEY_NOT_FOUND : UNREACHABLE;
  }

  /** Destroys material where KMS reaches it; whether that was on every active HSM. */
  boolean destroy(ModelSession session, int material) {
    List<ModelNode> serving = serving(session);
    serving.forEach(node -> destroyOn(node, material));
    long active = nodes.stream().filter(node -> node.active).count();
    return active > 0 && serving.size() == active;
  }

  String deleteMaterial(int material) {
    if (material < 0 || nodes.stream().noneMatch(node -> node.keys.get(material))) {
      return "none";
    }
    return onEach(
        node -> {
          destroyOn(node, material);
          return ReferenceModel.OK;
        });
  }

  /** What no HSM has any more, none has to remember. */
  private void destroyOn(ModelNode node, int material) {
    if (node.keys.get(material)) {
      unwanted.set(material);
    }
    node.destroy(material);
    if (nodes.stream().noneMatch(other -> other.keys.get(material))) {
      nodes.forEach(other -> other.destroyed.clear(material));
    }
  }

  /** Puts new material on every HSM that can be reached: the cluster copies it there by itself. */
  void spread(int material) {
    nodes.stream().filter(this::answers).forEach(node -> node.keys.set(material));
  }

  /** HSMs that can be reached get the keys that they missed, and no change of users (spec F.3). */
  private void synchronise() {
    BitSet all = new BitSet();
    nodes.stream().filter(this::answers).forEach(node -> all.or(node.keys));
    nodes.stream().filter(this::answers).forEach(node -> node.synchronise(all));
  }

  // HSMs and network

  /** A stopped HSM comes back as a copy of a live one, if there is one. */
  void start(ModelNode node) {
    if (node.active) {
      return;
    }
    if (hasActive()) {
      copyInto(node);
    }
    node.active = true;
    running(node);
  }

  void add(int number) {
    int zone = number % plan.zones();
    if (nodes.size() >= MOST_HSMS || !subnets.hasRoom(zone)) {
      return;
    }
    ModelNode fresh = new ModelNode(zone, plan.trusting());
    copyInto(fresh);
    subnets.change(zone, -1);
    nodes.add(fresh);
    running(fresh);
  }

  void remove(ModelNode node) {
    if (nodes.size() > 1) {
      nodes.remove(node);
      subnets.change(node.zone, 1);
    }
  }

  void delete() {
    deleted = true;
    doubt = null;
    nodes.clear();
  }

  void heal(ModelNode node) {
    node.partitioned = false;
    appeared(node);
    synchronise();
  }

  void restoreNetwork() {
    network = true;
    nodes.forEach(this::appeared);
    synchronise();
  }

  /** Of an HSM that can be reached, else of one that is active, else of any. */
  private void copyInto(ModelNode node) {
    nodes.stream()
        .filter(other -> other != node)
        .min(Comparator.comparing(other -> answers(other) ? 0 : other.active ? 1 : 2))
        .ifPresent(other -> node.become(other, unwanted));
  }

  private void running(ModelNode node) {
    if (answers(node)) {
      appeared(node);
      synchronise();
    }
  }

  /** Sessions log in by themselves on an HSM that they see again. */
  private void appeared(ModelNode node) {
    if (answers(node)) {
      sessions.stream()
          .filter(session -> node.login != session)
          .forEach(session -> session.logInto(node));
    }
  }
}
