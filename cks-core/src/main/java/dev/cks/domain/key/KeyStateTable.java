package dev.cks.domain.key;

import static dev.cks.domain.key.KeyLifecycle.DISABLED;
import static dev.cks.domain.key.KeyLifecycle.ENABLED;
import static dev.cks.domain.key.KeyLifecycle.PENDING_DELETION;
import static dev.cks.domain.key.KeyOperation.*;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The key state machine: operation × state → permitted or refused, and what the key becomes. This
 * is the published table of key states (spec C.3) for the states that a key without imported
 * material and without replicas can be in. It is an allow list: an operation without a row does not
 * load.
 *
 * <p>Two cells of the published table depend on where a key lives, so a row can differ for custom
 * key stores: rotation is a matter of the key's origin there, whatever its state.
 */
public final class KeyStateTable {

  /** One row: the verdict in each state, and what a permitted operation makes of the key. */
  public record Row(
      KeyOperation operation,
      Verdict enabled,
      Verdict disabled,
      Verdict pendingDeletion,
      Verdict unavailable,
      @Nullable KeyLifecycle becomes) {

    private Verdict in(KeyState state) {
      return switch (state) {
        case ENABLED -> enabled;
        case DISABLED -> disabled;
        case PENDING_DELETION -> pendingDeletion;
        case UNAVAILABLE -> unavailable;
      };
    }
  }

  private static final Verdict YES = Verdict.PERMITTED;
  private static final Verdict OFF = Verdict.IS_DISABLED;
  private static final Verdict DELETING = Verdict.IS_PENDING_DELETION;
  private static final Verdict KEPT = Verdict.IS_NOT_PENDING_DELETION;
  private static final Verdict AWAY = Verdict.IS_UNAVAILABLE;
  private static final Verdict ORIGIN = Verdict.WRONG_ORIGIN;

  // spotless:off
  private static final Row[] ROWS = {
    //  operation                                 Enabled  Disabled  PendingDel.  Unavail.  becomes
    row(CANCEL_KEY_DELETION,                      KEPT,    KEPT,     YES,         KEPT,     DISABLED),
    row(CREATE_ALIAS,                             YES,     YES,      DELETING,    YES),
    row(CREATE_GRANT,                             YES,     OFF,      DELETING,    YES),
    row(DECRYPT,                                  YES,     OFF,      DELETING,    AWAY),
    row(DELETE_ALIAS,                             YES,     YES,      YES,         YES),
    row(DELETE_IMPORTED_KEY_MATERIAL,             ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(DERIVE_SHARED_SECRET,                     YES,     OFF,      DELETING,    YES), // the usage refuses it
    row(DESCRIBE_KEY,                             YES,     YES,      YES,         YES),
    row(DISABLE_KEY,                              YES,     YES,      DELETING,    YES,      DISABLED),
    row(DISABLE_KEY_ROTATION,                     YES,     OFF,      DELETING,    ORIGIN),
    row(ENABLE_KEY,                               YES,     YES,      DELETING,    YES,      ENABLED),
    row(ENABLE_KEY_ROTATION,                      YES,     OFF,      DELETING,    ORIGIN),
    row(ENCRYPT,                                  YES,     OFF,      DELETING,    AWAY),
    row(GENERATE_DATA_KEY,                        YES,     OFF,      DELETING,    AWAY),
    row(GENERATE_DATA_KEY_PAIR,                   YES,     OFF,      DELETING,    AWAY),
    row(GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT, YES,     OFF,      DELETING,    AWAY),
    row(GENERATE_DATA_KEY_WITHOUT_PLAINTEXT,      YES,     OFF,      DELETING,    AWAY),
    row(GENERATE_MAC,                             YES,     OFF,      DELETING,    YES), // the usage refuses it
    row(GET_KEY_LAST_USAGE,                       YES,     YES,      YES,         YES),
    row(GET_KEY_POLICY,                           YES,     YES,      YES,         YES),
    row(GET_KEY_ROTATION_STATUS,                  YES,     YES,      YES,         ORIGIN),
    row(GET_PARAMETERS_FOR_IMPORT,                ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(GET_PUBLIC_KEY,                           YES,     OFF,      DELETING,    YES), // the usage refuses it
    row(IMPORT_KEY_MATERIAL,                      ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(LIST_ALIASES,                             YES,     YES,      YES,         YES),
    row(LIST_GRANTS,                              YES,     YES,      YES,         YES),
    row(LIST_KEY_POLICIES,                        YES,     YES,      YES,         YES),
    row(LIST_KEY_ROTATIONS,                       YES,     YES,      YES,         ORIGIN),
    row(LIST_RESOURCE_TAGS,                       YES,     YES,      YES,         YES),
    row(PUT_KEY_POLICY,                           YES,     YES,      YES,         YES),
    row(RE_ENCRYPT,                               YES,     OFF,      DELETING,    AWAY),
    row(REPLICATE_KEY,                            YES,     OFF,      DELETING,    YES), // not a multi-Region key
    row(RETIRE_GRANT,                             YES,     YES,      YES,         YES),
    row(REVOKE_GRANT,                             YES,     YES,      YES,         YES),
    row(ROTATE_KEY_ON_DEMAND,                     YES,     OFF,      DELETING,    ORIGIN),
    row(SCHEDULE_KEY_DELETION,                    YES,     YES,      DELETING,    YES,      PENDING_DELETION),
    row(SIGN,                                     YES,     OFF,      DELETING,    YES), // the usage refuses it
    row(TAG_RESOURCE,                             YES,     YES,      DELETING,    YES),
    row(UNTAG_RESOURCE,                           YES,     YES,      DELETING,    YES),
    row(UPDATE_ALIAS,                             YES,     YES,      DELETING,    YES), // of the new target
    row(UPDATE_KEY_DESCRIPTION,                   YES,     YES,      DELETING,    YES),
    row(UPDATE_PRIMARY_REGION,                    YES,     OFF,      DELETING,    YES), // not a multi-Region key
    row(VERIFY,                                   YES,     OFF,      DELETING,    YES), // the usage refuses it
    row(VERIFY_MAC,                               YES,     OFF,      DELETING,    YES), // the usage refuses it
  };

  private static final Row[] ROWS_IN_CUSTOM_KEY_STORES = {
    row(DISABLE_KEY_ROTATION,                     ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(ENABLE_KEY_ROTATION,                      ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(GET_KEY_ROTATION_STATUS,                  ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(LIST_KEY_ROTATIONS,                       ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
    row(ROTATE_KEY_ON_DEMAND,                     ORIGIN,  ORIGIN,   ORIGIN,      ORIGIN),
  };
  // spotless:on

  private static final Map<KeyOperation, Row> STANDARD = index(ROWS);
  private static final Map<KeyOperation, Row> CUSTOM = overlaid(ROWS_IN_CUSTOM_KEY_STORES);

  private KeyStateTable() {}

  private static Row row(
      KeyOperation operation, Verdict enabled, Verdict disabled, Verdict deleting, Verdict away) {
    return new Row(operation, enabled, disabled, deleting, away, null);
  }

  private static Row row(
      KeyOperation operation,
      Verdict enabled,
      Verdict disabled,
      Verdict deleting,
      Verdict away,
      KeyLifecycle becomes) {
    return new Row(operation, enabled, disabled, deleting, away, becomes);
  }

  private static Map<KeyOperation, Row> index(Row[] rows) {
    Map<KeyOperation, Row> index = new EnumMap<>(KeyOperation.class);
    for (Row row : rows) {
      if (index.put(row.operation(), row) != null) {
        throw new IllegalStateException("two rows for " + row.operation());
      }
    }
    for (KeyOperation operation : KeyOperation.values()) {
      if (!index.containsKey(operation)) {
        throw new IllegalStateException("no row for " + operation);
      }
    }
    return index;
  }

  private static Map<KeyOperation, Row> overlaid(Row[] rows) {
    Map<KeyOperation, Row> index = index(ROWS);
    for (Row row : rows) {
      index.put(row.operation(), row);
    }
    return index;
  }

  private static Row row(KeyOperation operation, KeyHome home) {
    Map<KeyOperation, Row> rows = home instanceof KeyHome.Custom ? CUSTOM : STANDARD;
    Row row = rows.get(operation);
    if (row == null) {
      throw new IllegalStateException("no row for " + operation);
    }
    return row;
  }

  /** Whether a key in {@code state} permits {@code operation}, or which refusal it answers. */
  public static Verdict verdict(KeyOperation operation, KeyState state, KeyHome home) {
    return row(operation, home).in(state);
  }

  /**
   * What a permitted operation makes of a key's lifecycle: {@code current} if it changes nothing.
   */
  public static KeyLifecycle after(KeyOperation operation, KeyLifecycle current) {
    KeyLifecycle becomes = row(operation, KeyHome.STANDARD).becomes();
    return becomes == null ? current : becomes;
  }
}
