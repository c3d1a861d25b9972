package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import java.util.Map;

/** What a copy of a node carries over: users and keys, not logins. Holds its keys. */
public record NodeContent(Map<String, NodeUser> users, Map<BackingKeyId, KeyObject> keys) {
  public NodeContent {
    users = Map.copyOf(users);
    keys = Map.copyOf(keys);
    keys.values().forEach(KeyObject::retain);
  }

  /** Lets the keys go. */
  public void discard() {
    keys.values().forEach(KeyObject::release);
  }
}
