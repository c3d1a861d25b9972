package dev.cks.testkit;

import dev.cks.domain.key.KeyState;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.local.SimulatedAws;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A world as it was declared, and possible: what is not is an {@link IllegalArgumentException} that
 * says what to write instead.
 *
 * @param seed of ids, passwords and key material
 * @param nodes how many HSMs the cluster has
 * @param zones in which Availability Zones they are; none: three of the Region
 * @param keys in the order in which they are made
 * @param account what else is to be different about the account
 */
record WorldPlan(
    long seed,
    int nodes,
    List<String> zones,
    StorePlan store,
    List<KeyPlan> keys,
    UnaryOperator<SimulatedAws.Builder> account) {
  private static final int FEWEST = 2;
  private static final int MOST = 28;

  WorldPlan {
    zones = List.copyOf(zones);
    keys = List.copyOf(keys);
    requireCluster(nodes, zones);
    requireRoomForMissingUser(nodes, store, keys);
    Set<String> aliases = new HashSet<>();
    for (KeyPlan key : keys) {
      requirePossible(key, store);
      if (!aliases.add(key.alias())) {
        throw new IllegalArgumentException(
            "two keys "
                + key
                + ": write @Key(alias = …) with another alias for each, to tell them apart");
      }
    }
  }

  private static void requireCluster(int nodes, List<String> zones) {
    if (nodes < FEWEST || nodes > MOST) {
      throw new IllegalArgumentException(
          "a key store is made on "
              + FEWEST
              + " to "
              + MOST
              + " HSMs, not "
              + nodes
              + ": write nodes = 3, and stop some in the test with cluster.stopNode(\"us-east-1a\")");
    }
    if (!zones.isEmpty() && new HashSet<>(zones).size() < FEWEST) {
      throw new IllegalArgumentException(
          "a key store needs HSMs in two Availability Zones, not in "
              + zones
              + ": write zones = {\"us-east-1a\", \"us-east-1b\"}");
    }
  }

  private static void requireRoomForMissingUser(int nodes, StorePlan store, List<KeyPlan> keys) {
    if (store.code() == ConnectionErrorCode.USER_NOT_FOUND && !keys.isEmpty() && nodes == FEWEST) {
      throw new IllegalArgumentException(
          "CloudHSM does not delete a user that owns keys, so USER_NOT_FOUND with keys takes an HSM"
              + " that they have not reached, beside two that they are made on: write nodes = 3");
    }
  }

  private static void requirePossible(KeyPlan key, StorePlan store) {
    KeyState state = key.state();
    if (state == KeyState.UNAVAILABLE && store.isConnected()) {
      throw new IllegalArgumentException(
          "a key is Unavailable when its key store is not connected: write @KeyStore(state ="
              + " DISCONNECTED) beside it, or delete its material in the test with"
              + " cluster.deleteKey(key.arn()) and use it once");
    }
    if ((state == KeyState.ENABLED || state == KeyState.DISABLED) && !store.isConnected()) {
      throw new IllegalArgumentException(
          "every key of a key store that is "
              + store
              + " is Unavailable, enabled or not: write @Key(state = UNAVAILABLE), or leave the state out");
    }
  }
}
