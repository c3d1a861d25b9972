package dev.cks.tck.model;

import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in which faults strike, or did until lately: how its HSMs answer is open, so their
 * state is looked at. Open is not everything: no key that KMS was told of is lost, no password is
 * found to be wrong, unless people had their hands in it. The doubt ends when nothing can still
 * happen by itself and an admin has set the password on every HSM.
 */
final class ModelDoubt {
  /** Somebody's password, but nobody here knows whose. */
  static final String UNKNOWN = "?";

  /** Longer than any latency and any delay that a plan draws. */
  private static final long AFTERMATH = 60_000;

  private static final ModelSession SOMEBODY = new ModelSession(UNKNOWN, null);
  private static final Set<String> BY_FAULTS =
      Set.of("NETWORK_ERRORS", "INTERNAL_ERROR", "USER_LOGGED_IN");
  private static final Set<String> BY_HANDS = Set.of("INSUFFICIENT_CLOUDHSM_HSMS");
  private static final Set<String> BY_USERS =
      Set.of("USER_NOT_FOUND", "USER_LOCKED_OUT", "INVALID_CREDENTIALS");

  private final ModelCluster cluster;
  private final Set<ModelNode> healed = new HashSet<>();

  /** What must not get lost, until people do harm. */
  private final BitSet kept = new BitSet();

  private boolean planned;
  private long cleared;
  private boolean usersTouched;
  private boolean harmed;

  ModelDoubt(ModelCluster cluster, @Nullable ModelStore store) {
    this.cluster = cluster;
    this.usersTouched = store == null || !agree(store);
    if (!cluster.nodes.isEmpty()) {
      kept.or(cluster.nodes.get(0).keys);
    }
    this.harmed =
        !cluster.network
            || cluster.activeZones() < 2
            || !cluster.nodes.stream()
                .allMatch(node -> cluster.answers(node) && node.keys.equals(kept));
  }

  private boolean agree(ModelStore store) {
    return cluster.nodes.stream()
        .allMatch(
            node ->
                node.failures == 0
                    && node.password != null
                    && (node.password.equals(store.password)
                        || node.password.equals(store.candidate)));
  }

  void planned() {
    planned = true;
    healed.clear();
  }

  void cleared(long now) {
    planned = false;
    cleared = now;
  }

  void usersTouched() {
    usersTouched = true;
  }

  void harmed() {
    harmed = true;
  }

  void healed(ModelNode node) {
    if (!planned) {
      healed.add(node);
    }
  }

  void partitioned(ModelNode node) {
    harmed = true;
    healed.remove(node);
  }

  void created(int material) {
    kept.set(material);
  }

  void destroyed(int material) {
    kept.clear(material);
  }

  /** Why an attempt to connect may fail, apart from what holds without faults too. */
  boolean explains(String code) {
    return BY_FAULTS.contains(code)
        || (harmed && BY_HANDS.contains(code))
        || (usersTouched && BY_USERS.contains(code));
  }

  /** KMS tried a password of its own. */
  void connected() {
    cluster.nodes.stream()
        .filter(node -> node.password != null)
        .forEach(node -> node.password = UNKNOWN);
  }

  /** An admin set a password; what each active HSM said to it. */
  void told(String password, String answers) {
    usersTouched = true;
    String[] words = answers.split(" ", -1);
    int at = 0;
    for (ModelNode node : cluster.nodes) {
      if (node.active && at < words.length && words[at++].equals(ReferenceModel.OK)) {
        node.password = password;
      }
    }
  }

  /** Whether it is a loss that KMS holds this material to be gone. */
  boolean mustHave(int material) {
    return !harmed && kept.get(material);
  }

  /** Takes over how the HSMs are. */
  void look(List<HsmView> views) {
    if (views.size() != cluster.nodes.size()) {
      throw new IllegalStateException("HSMs " + views + ", expected " + cluster.nodes.size());
    }
    BitSet there = new BitSet();
    for (int i = 0; i < views.size(); i++) {
      take(cluster.nodes.get(i), views.get(i));
      there.or(views.get(i).keys());
    }
    BitSet lost = (BitSet) kept.clone();
    lost.andNot(there);
    if (!harmed && !lost.isEmpty()) {
      throw new IllegalStateException("acknowledged material is lost: " + lost);
    }
  }

  private static void take(ModelNode node, HsmView view) {
    node.active = view.active();
    if (!view.user()) {
      node.password = null;
    } else if (node.password == null) {
      node.password = UNKNOWN;
    }
    node.failures = view.failures();
    node.login = view.loggedIn() ? SOMEBODY : null;
    node.keys.clear();
    node.keys.or(view.keys());
  }

  /** Whether everything is known again; then the model goes on by itself. */
  boolean ends(long now) {
    boolean over =
        !planned
            && now >= cleared + AFTERMATH
            && cluster.person == null
            && cluster.nodes.stream().allMatch(this::isKnown);
    if (over) {
      BitSet all = new BitSet();
      cluster.nodes.forEach(node -> all.or(node.keys));
      cluster.nodes.forEach(node -> settle(node, all));
      cluster.sessions.clear();
    }
    return over;
  }

  private boolean isKnown(ModelNode node) {
    return cluster.answers(node)
        && healed.contains(node)
        && node.login == null
        && !UNKNOWN.equals(node.password);
  }

  /** They are synchronised, so what one lacks it has destroyed. */
  private void settle(ModelNode node, BitSet all) {
    node.destroyed.clear();
    node.destroyed.or(all);
    node.destroyed.andNot(node.keys);
    cluster.unwanted.or(node.destroyed);
  }
}
