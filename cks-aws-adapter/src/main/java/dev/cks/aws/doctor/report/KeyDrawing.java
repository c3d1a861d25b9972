package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.KeyCensus;
import dev.cks.domain.key.KeyHome;
import dev.cks.domain.key.KeyLifecycle;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.key.KeyStateTable;
import dev.cks.domain.key.Verdict;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.KeyStoreId;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The states of keys, with the arrows of {@link KeyStateTable} and how many keys are in each.
 * Unavailable is a frame around two states, since it hides them and goes by itself.
 */
final class KeyDrawing {
  private static final KeyHome IN_A_KEY_STORE = new KeyHome.Custom(new KeyStoreId("cks-0"));
  private static final String GONE = "deleted";

  private KeyDrawing() {}

  static String of(KeyCensus keys) {
    StateDrawing drawing = new StateDrawing(820, 290, "Key states: " + Words.keys(keys));
    String hidden = KeyState.UNAVAILABLE.wireName();
    drawing.frame(
        10,
        10,
        580,
        120,
        hidden
            + " while the key store is not connected: "
            + Words.count(count(keys, hidden), "key"),
        count(keys, hidden) > 0);
    for (KeyLifecycle lifecycle : KeyLifecycle.values()) {
      box(drawing, keys, name(lifecycle), x(lifecycle), y(lifecycle));
    }
    drawing.box(GONE, 740, 240, false, "");
    unknown(keys).forEach(state -> box(drawing, keys, state, 740, 60));
    arrows(drawing);
    return drawing.write();
  }

  private static void box(StateDrawing drawing, KeyCensus keys, String state, int x, int y) {
    long count = count(keys, state);
    drawing.box(state, x, y, count > 0, count > 0 ? Words.count(count, "key") : "");
  }

  private static void arrows(StateDrawing drawing) {
    for (KeyLifecycle from : KeyLifecycle.values()) {
      for (KeyOperation operation : KeyOperation.values()) {
        KeyLifecycle to = KeyStateTable.after(operation, from);
        if (to != from && isPermitted(operation, from)) {
          drawing.arrow(name(from), name(to), operation.wireName());
        }
      }
    }
    drawing.arrow(name(KeyLifecycle.PENDING_DELETION), GONE, "window ends");
  }

  private static boolean isPermitted(KeyOperation operation, KeyLifecycle lifecycle) {
    return KeyStateTable.verdict(operation, shown(lifecycle), IN_A_KEY_STORE) == Verdict.PERMITTED;
  }

  /** States that AWS reported and this version has no place for; drawn on one spot. */
  private static Set<String> unknown(KeyCensus keys) {
    Set<String> states = new LinkedHashSet<>(keys.byState().keySet());
    Arrays.stream(KeyState.values()).map(KeyState::wireName).forEach(states::remove);
    return states;
  }

  private static long count(KeyCensus keys, String state) {
    return keys.byState().getOrDefault(state, 0L);
  }

  private static KeyState shown(KeyLifecycle lifecycle) {
    return KeyState.of(lifecycle, ConnectionState.CONNECTED, false);
  }

  private static String name(KeyLifecycle lifecycle) {
    return shown(lifecycle).wireName();
  }

  private static int x(KeyLifecycle lifecycle) {
    return switch (lifecycle) {
      case ENABLED -> 100;
      case DISABLED, PENDING_DELETION -> 470;
    };
  }

  private static int y(KeyLifecycle lifecycle) {
    return switch (lifecycle) {
      case ENABLED, DISABLED -> 85;
      case PENDING_DELETION -> 240;
    };
  }
}
