package dev.cks.sim.hsm;

/**
 * What a session has seen on a node: a login, and the keys that remember this object. It holds
 * until the node loses anything. Shared by all keys of a session that were last seen there.
 */
record Sight(HsmNode node, int losses) {

  /** Read before one looks, or a loss meanwhile would be missed. */
  static Sight of(HsmNode node) {
    return new Sight(node, node.losses());
  }

  boolean holds() {
    return node.losses() == losses;
  }
}
