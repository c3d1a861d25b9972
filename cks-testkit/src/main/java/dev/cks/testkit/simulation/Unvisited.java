package dev.cks.testkit.simulation;

import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.key.KeyState;
import dev.cks.domain.keystore.ConnectionErrorCode;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.sim.fault.FaultCell;
import dev.cks.sim.fault.FaultPoint;
import dev.cks.sim.fault.FaultTable;
import dev.cks.tck.invariant.DocumentedErrors;
import dev.cks.tck.model.Step.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What histories could have met and did not: kinds of steps, cells of the two state tables, cells
 * of the table of faults, error codes. A generator that stopped reaching something would agree with
 * anything.
 */
final class Unvisited {
  /** They are for clusters that look at no password. */
  static final Set<Kind> FOR_TEST_DOUBLES = EnumSet.of(Kind.BREAK_CLUSTER, Kind.REPAIR_CLUSTER);

  /** The steps of the rows of the table of connections, and what needs a connection. */
  private static final Set<Kind> ON_STORES =
      EnumSet.of(
          Kind.CREATE_STORE,
          Kind.CONNECT,
          Kind.DISCONNECT,
          Kind.RENAME_STORE,
          Kind.CHANGE_PASSWORD,
          Kind.MOVE_STORE,
          Kind.DELETE_STORE,
          Kind.GENERATE_RANDOM,
          Kind.CREATE_KEY);

  /** The steps of the rows of the table of keys. */
  private static final Set<Kind> ON_KEYS =
      EnumSet.of(
          Kind.DESCRIBE_KEY,
          Kind.ENABLE_KEY,
          Kind.DISABLE_KEY,
          Kind.SCHEDULE_DELETION,
          Kind.CANCEL_DELETION,
          Kind.UPDATE_DESCRIPTION,
          Kind.TAG_KEY,
          Kind.UNTAG_KEY,
          Kind.CREATE_GRANT,
          Kind.REVOKE_GRANT,
          Kind.CREATE_ALIAS,
          Kind.UPDATE_ALIAS,
          Kind.ENCRYPT,
          Kind.GENERATE_DATA_KEY,
          Kind.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,
          Kind.DECRYPT_UNDER,
          Kind.RE_ENCRYPT);

  /** The states that a key in a custom key store can be in. */
  private static final Set<KeyState> OF_CUSTOM_KEYS =
      EnumSet.of(
          KeyState.ENABLED, KeyState.DISABLED, KeyState.PENDING_DELETION, KeyState.UNAVAILABLE);

  private Unvisited() {}

  static List<String> of(Coverage coverage) {
    List<String> lines = new ArrayList<>(cells(coverage));
    faults(coverage, lines);
    errors(coverage, lines);
    operations(lines);
    return lines;
  }

  /** Kinds of steps, and cells of both state tables. */
  static List<String> cells(Coverage coverage) {
    List<String> lines = new ArrayList<>();
    Set<Kind> kinds = EnumSet.complementOf(EnumSet.copyOf(FOR_TEST_DOUBLES));
    kinds.removeAll(coverage.kinds());
    kinds.forEach(kind -> lines.add("step " + kind));
    List<String> connections =
        Arrays.stream(ConnectionState.values()).map(ConnectionState::name).toList();
    for (Kind kind : ON_STORES) {
      missing(connections, coverage.states(kind), lines, kind + " on a key store that is ");
    }
    List<String> keys = new ArrayList<>();
    for (KeyState state : OF_CUSTOM_KEYS) {
      keys.add(state.wireName());
    }
    for (Kind kind : ON_KEYS) {
      missing(keys, coverage.states(kind), lines, kind + " on a key that is ");
      missing(List.of(""), coverage.states(kind), lines, kind + " on no key");
    }
    return lines;
  }

  private static void missing(
      List<String> all, Set<String> found, List<String> lines, String words) {
    for (String each : all) {
      if (!found.contains(each)) {
        lines.add(words + each);
      }
    }
  }

  private static void faults(Coverage coverage, List<String> lines) {
    Map<FaultPoint, List<String>> never = new EnumMap<>(FaultPoint.class);
    for (FaultCell cell : FaultTable.possible()) {
      if (!coverage.struck().contains(cell)) {
        never
            .computeIfAbsent(cell.point(), point -> new ArrayList<>())
            .add(cell.moment().text() + " " + cell.kind());
      }
    }
    never.forEach(
        (point, cells) ->
            lines.add(
                point == FaultPoint.LIST
                    ? "faults in LIST (KMS never lists)"
                    : "faults in " + point + ": " + String.join(", ", cells)));
  }

  private static void errors(Coverage coverage, List<String> lines) {
    for (ConnectionErrorCode code : ConnectionErrorCode.values()) {
      if (!coverage.errorCodes().contains(code.name())) {
        lines.add("ConnectionErrorCode " + code);
      }
    }
    Set<String> operations = new TreeSet<>();
    for (Kind kind : Kind.values()) {
      String operation = Operations.of(kind);
      if (operation != null && operations.add(operation)) {
        Set<String> never = new TreeSet<>(DocumentedErrors.of(operation));
        never.removeAll(coverage.outcomes(Operations.kinds(operation)));
        if (!never.isEmpty()) {
          lines.add("answers of " + operation + ": " + String.join(", ", never));
        }
      }
    }
  }

  /** Rows of the table of keys for which there are no steps at all. */
  private static void operations(List<String> lines) {
    List<String> none = new ArrayList<>();
    for (KeyOperation operation : KeyOperation.values()) {
      if (Operations.kinds(operation.wireName()).isEmpty()) {
        none.add(operation.wireName());
      }
    }
    lines.add("operations that no step takes: " + String.join(", ", none));
  }
}
