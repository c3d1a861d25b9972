package dev.cks.sim.hsm;

import java.util.ArrayList;
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
    HsmNode asked = null;
    for (HsmNode node : fleet.nodes()) {
      if (asked == null || (node.isActive() && !asked.isActive())) {
        asked = node;
      }
    }
    return asked == null ? null : asked.content(before);
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
    for (KeyObject key : onlyHere) {
      key.retain();
    }
    node.become(content);
    content.discard();
    node.inheritTombstones(model);
    for (KeyObject key : onlyHere) {
      node.store(key);
      key.release();
    }
    fleet.journal().enter("cluster", "NODE_COPY from " + model.id(), node.id(), "done");
  }

  /**
   * What the copy brings along: acknowledged keys that had not reached its model yet. Else two HSMs
   * that stop before their new key is synchronised would lose it.
   */
  private static List<KeyObject> keysLackedBy(HsmNode model, HsmNode node) {
    List<KeyObject> lacked = new ArrayList<>();
    for (KeyObject key : node.keys()) {
      if (key.isAcknowledged() && model.lacks(key)) {
        lacked.add(key);
      }
    }
    return lacked;
  }

  /** A live node that clients reach; else a live one; else a stopped one. */
  private @Nullable HsmNode model(HsmNode copy) {
    HsmNode best = null;
    for (HsmNode node : fleet.nodes()) {
      if (node != copy && (best == null || rank(node) < rank(best))) {
        best = node;
      }
    }
    return best;
  }

  private int rank(HsmNode node) {
    if (fleet.answers(node)) {
      return 0;
    }
    return node.isActive() ? 1 : 2;
  }
}
