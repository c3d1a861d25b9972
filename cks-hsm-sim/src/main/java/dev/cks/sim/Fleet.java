package dev.cks.sim;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmSession.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a cluster and the network before them. Whoever outside calls a node asks {@link
 * #answers} first, or goes through {@link #onEach}: the one gate. Changes are made by one thread at
 * a time (the fleet's monitor); reading and the encrypt path take no lock.
 */
final class Fleet {
  private volatile List<HsmNode> nodes = List.of();
  private volatile boolean network = true;
  private final Set<SimulatedSession> sessions = new HashSet<>();
  private @Nullable NodeContent lastContent;

  List<HsmNode> nodes() {
    return nodes;
  }

  boolean hasActive() {
    for (HsmNode node : nodes) {
      if (node.isActive()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a client's request reaches the node. */
  boolean answers(HsmNode node) {
    return network && node.isActive() && !node.isPartitioned();
  }

  /**
   * Asks every active node; one that does not answer counts as {@code UNREACHABLE}. Nodes that are
   * not active are left out: they come back as a copy of one that is.
   */
  synchronized List<Outcome> onEach(Function<HsmNode, @Nullable Reason> call) {
    List<Outcome> outcomes = new ArrayList<>();
    for (HsmNode node : nodes) {
      if (node.isActive()) {
        outcomes.add(new Outcome(node.id(), answers(node) ? call.apply(node) : Reason.UNREACHABLE));
      }
    }
    return List.copyOf(outcomes);
  }

  /** The node with this id, or the first one in this zone. */
  HsmNode node(String idOrZone) {
    return nodes.stream()
        .filter(node -> node.id().equals(idOrZone) || node.zone().equals(idOrZone))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no HSM " + idOrZone));
  }

  /** Adds a node, as a copy of what the cluster knows if it knows anything. */
  synchronized void add(HsmNode node) {
    copyInto(node);
    List<HsmNode> more = new ArrayList<>(nodes);
    more.add(node);
    nodes = List.copyOf(more);
    sessions.forEach(session -> session.appeared(node));
  }

  synchronized void remove(HsmNode node) {
    if (nodes.size() == 1) {
      keepContent(node.content());
    }
    nodes = nodes.stream().filter(other -> other != node).toList();
    node.erase();
  }

  synchronized void stop(HsmNode node) {
    node.stop();
  }

  /** Starts a stopped node as a copy of a live one. */
  synchronized void start(HsmNode node) {
    if (node.isActive()) {
      return;
    }
    if (hasActive()) {
      copyInto(node);
    }
    node.start();
    sessions.forEach(session -> session.appeared(node));
  }

  synchronized void partition(HsmNode node) {
    node.setPartitioned(true);
  }

  synchronized void heal(HsmNode node) {
    node.setPartitioned(false);
    reappeared(node);
  }

  void cutNetwork() {
    network = false;
  }

  synchronized void restoreNetwork() {
    network = true;
    nodes.forEach(this::reappeared);
  }

  synchronized void opened(SimulatedSession session) {
    sessions.add(session);
  }

  synchronized void closed(SimulatedSession session) {
    sessions.remove(session);
  }

  synchronized void eraseAll() {
    nodes.forEach(HsmNode::erase);
    nodes = List.of();
    keepContent(null);
  }

  synchronized void destroyEverywhere(BackingKeyId key) {
    nodes.forEach(node -> node.destroy(key));
  }

  /** CloudHSM copies keys to a node that missed their creation; never users (spec F.3). */
  private void reappeared(HsmNode node) {
    if (!answers(node)) {
      return;
    }
    for (HsmNode other : nodes) {
      if (other != node && answers(other)) {
        other.keys().forEach(node::store);
      }
    }
    sessions.forEach(session -> session.appeared(node));
  }

  private void copyInto(HsmNode node) {
    NodeContent content = source(node);
    if (content != null) {
      node.become(content);
      content.discard();
    }
  }

  /** A live node first; else a stopped one; else what the last node left behind. */
  private @Nullable NodeContent source(HsmNode node) {
    List<HsmNode> others = nodes.stream().filter(other -> other != node).toList();
    for (HsmNode other : others) {
      if (other.isActive()) {
        return other.content();
      }
    }
    if (!others.isEmpty()) {
      return others.get(0).content();
    }
    NodeContent left = lastContent;
    lastContent = null;
    return left;
  }

  private void keepContent(@Nullable NodeContent content) {
    NodeContent before = lastContent;
    lastContent = content;
    if (before != null) {
      before.discard();
    }
  }
}
