package dev.cks.sim.hsm;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an HSM that comes, or comes back, gets what its cluster knows: as a copy of another HSM, else
 * of what a backup held. Used under the fleet's monitor.
 */
final class NodeCopies {
  private final Fleet fleet;

  /** What the next HSM becomes if there is no other to copy; discarded when it was used. */
  private @Nullable NodeContent kept;

  NodeCopies(Fleet fleet) {
    this.fleet = fleet;
  }

  /** The content is the cluster's from now on; null forgets what was kept. */
  void keep(@Nullable NodeContent content) {
    NodeContent before = kept;
    kept = content;
    if (before != null) {
      before.discard();
    }
  }

  /**
   * What a backup made now would hold; null without nodes. An active node is asked first.
   *
   * @param before an older one, shared where nothing has changed since
   */
  @Nullable NodeContent snapshot(@Nullable NodeContent before) {
    List<HsmNode> nodes = fleet.nodes();
    return nodes.stream()
        .filter(HsmNode::isActive)
        .findFirst()
        .or(() -> nodes.stream().findFirst())
        .map(node -> node.content(before))
        .orElse(null);
  }

  /** False if a fault made it come to nothing. */
  boolean copyInto(HsmNode node) {
    FaultInjector injector = fleet.faults();
    if (injector != null && !injector.copies(node)) {
      return false;
    }
    HsmNode model = model(node);
    if (model == null) {
      becomeKept(node);
    } else {
      becomeLike(model, node);
    }
    return true;
  }

  private void becomeKept(HsmNode node) {
    NodeContent content = kept;
    kept = null;
    if (content != null) {
      node.become(content);
      content.discard();
    }
  }

  private void becomeLike(HsmNode model, HsmNode node) {
    NodeContent content = model.content();
    List<KeyObject> onlyHere = keysLackedBy(model, node);
    onlyHere.forEach(KeyObject::retain);
    node.become(content);
    content.discard();
    node.inheritTombstones(model);
    onlyHere.forEach(
        key -> {
          node.store(key);
          key.release();
        });
    fleet.journal().enter("cluster", "NODE_COPY from " + model.id(), node.id(), "done");
  }

  /**
   * What the copy brings along: acknowledged keys that had not reached its model yet. Else two HSMs
   * that stop before their new key is synchronised would lose it.
   */
  private static List<KeyObject> keysLackedBy(HsmNode model, HsmNode node) {
    return node.keys().stream().filter(key -> key.isAcknowledged() && model.lacks(key)).toList();
  }

  /** A live node that clients reach; else a live one; else a stopped one. */
  private @Nullable HsmNode model(HsmNode copy) {
    return fleet.nodes().stream()
        .filter(node -> node != copy)
        .min(Comparator.comparing(node -> fleet.answers(node) ? 0 : node.isActive() ? 1 : 2))
        .orElse(null);
  }
}
