package dev.cks.aws.doctor.report;

import dev.cks.aws.doctor.StoreView;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.ConnectionTable;
import java.util.Arrays;
import java.util.Locale;

/** The connection states of a key store, with the arrows of {@link ConnectionTable}. */
final class StoreDrawing {
  private StoreDrawing() {}

  static String of(StoreView store) {
    StateDrawing drawing =
        new StateDrawing(
            820, 300, "Connection states of key store " + store.id() + ": " + Words.state(store));
    for (ConnectionState state : ConnectionState.values()) {
      boolean current = state.name().equals(store.connectionState());
      String code = store.connectionErrorCode();
      drawing.box(state.name(), x(state), y(state), current, current && code != null ? code : "");
    }
    boolean known =
        Arrays.stream(ConnectionState.values())
            .anyMatch(state -> state.name().equals(store.connectionState()));
    if (!known) {
      drawing.box(store.connectionState(), 700, 270, true, "newer than this doctor");
    }
    for (ConnectionTable.Edge edge : ConnectionTable.edges()) {
      if (edge.from() != edge.to()) {
        drawing.arrow(edge.from().name(), edge.to().name(), words(edge.on()));
      }
    }
    return drawing.write();
  }

  private static int x(ConnectionState state) {
    return switch (state) {
      case DISCONNECTED -> 90;
      case CONNECTING, DISCONNECTING -> 330;
      case FAILED -> 500;
      case CONNECTED -> 730;
    };
  }

  private static int y(ConnectionState state) {
    return switch (state) {
      case CONNECTING -> 40;
      case DISCONNECTED, FAILED, CONNECTED -> 150;
      case DISCONNECTING -> 260;
    };
  }

  private static String words(ConnectionTable.Trigger trigger) {
    return trigger.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
