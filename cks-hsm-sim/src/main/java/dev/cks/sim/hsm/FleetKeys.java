package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.crypto.KeyMaterial;
import dev.cks.sim.crypto.PlainAesKey;
import dev.cks.sim.crypto.XaesKey;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import java.util.List;

/**
 * The keys of a cluster beyond a single HSM: how one is made, and when nobody counts on it any
 * more. Used under the fleet's monitor, but for {@link #hasRoom}.
 */
final class FleetKeys {
  private final Fleet fleet;
  private final Fleet.Plan plan;

  FleetKeys(Fleet fleet, Fleet.Plan plan) {
    this.fleet = fleet;
    this.plan = plan;
  }

  /** Whether a node has room for another key. */
  boolean hasRoom(HsmNode node) {
    return node.keyCount() < plan.keyLimit();
  }

  /** A key of a key store, for these nodes; it is on none of them yet. */
  KeyObject make(BackingKeyId key, String label, String owner, List<HsmNode> nodes) {
    if (!nodes.stream().allMatch(this::hasRoom)) {
      throw new HsmException(
          Reason.CAPACITY, "the cluster has " + plan.keyLimit() + " keys, its limit");
    }
    XaesKey material = plan.suite().key(random(32));
    return new KeyObject(
        key, label, owner, plan.handles().getAsInt(), plan.clock().now(), material);
  }

  /** A key that a person asked for; it is on no node yet. */
  KeyObject make(KeyTemplate template, String owner) {
    BackingKeyId id = BackingKeyId.of(random(BackingKeyId.LENGTH));
    KeyMaterial material = new PlainAesKey(random(template.bytes()));
    KeyObject key =
        new KeyObject(id, template, owner, plan.handles().getAsInt(), plan.clock().now(), material);
    key.setAcknowledged(true);
    return key;
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    plan.material().fill(bytes);
    return bytes;
  }

  /** Its owner is told that the key exists: also where an earlier creation was undone. */
  void isWanted(KeyObject key) {
    key.setAcknowledged(true);
    fleet.nodes().forEach(node -> node.forgetDestroyed(key.handle()));
  }

  /**
   * A node has destroyed a key because somebody wanted it. The one place that withdraws it from
   * what the budget of faults protects; what no node has any more, no node has to remember.
   */
  void isDestroyed(KeyObject key) {
    key.setAcknowledged(false);
    List<HsmNode> nodes = fleet.nodes();
    if (nodes.stream().noneMatch(node -> node.key(key.id()) == key)) {
      nodes.forEach(node -> node.forgetDestroyed(key.handle()));
    }
  }
}
