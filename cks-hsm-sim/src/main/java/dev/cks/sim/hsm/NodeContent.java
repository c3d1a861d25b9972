package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import java.util.Map;

/** What a copy of a node carries over: users and keys, not logins. Holds its keys. */
public record NodeContent(Map<String, NodeUser> users, Map<BackingKeyId, KeyObject> keys) {
  public NodeContent {
    users = Map.copyOf(users);
    keys = Map.copyOf(keys);
    for (KeyObject key : keys.values()) {
      key.retain();
    }
  }

  /** Lets the keys go. */
  public void discard() {
    for (KeyObject key : keys.values()) {
      key.release();
    }
  }
}
