package dev.cks.testkit.simulation;

import dev.cks.tck.model.Step.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the steps that are calls of KMS are called in the API. */
final class Operations {
  private static final Map<Kind, String> NAMES = new EnumMap<>(Kind.class);

  static {
    NAMES.put(Kind.CREATE_STORE, "CreateCustomKeyStore");
    NAMES.put(Kind.CONNECT, "ConnectCustomKeyStore");
    NAMES.put(Kind.DISCONNECT, "DisconnectCustomKeyStore");
    NAMES.put(Kind.RENAME_STORE, "UpdateCustomKeyStore");
    NAMES.put(Kind.CHANGE_PASSWORD, "UpdateCustomKeyStore");
    NAMES.put(Kind.MOVE_STORE, "UpdateCustomKeyStore");
    NAMES.put(Kind.DELETE_STORE, "DeleteCustomKeyStore");
    NAMES.put(Kind.GENERATE_RANDOM, "GenerateRandom");
    NAMES.put(Kind.CREATE_KEY, "CreateKey");
    NAMES.put(Kind.DESCRIBE_KEY, "DescribeKey");
    NAMES.put(Kind.ENABLE_KEY, "EnableKey");
    NAMES.put(Kind.DISABLE_KEY, "DisableKey");
    NAMES.put(Kind.SCHEDULE_DELETION, "ScheduleKeyDeletion");
    NAMES.put(Kind.CANCEL_DELETION, "CancelKeyDeletion");
    NAMES.put(Kind.UPDATE_DESCRIPTION, "UpdateKeyDescription");
    NAMES.put(Kind.TAG_KEY, "TagResource");
    NAMES.put(Kind.UNTAG_KEY, "UntagResource");
    NAMES.put(Kind.CREATE_GRANT, "CreateGrant");
    NAMES.put(Kind.REVOKE_GRANT, "RevokeGrant");
    NAMES.put(Kind.CREATE_ALIAS, "CreateAlias");
    NAMES.put(Kind.UPDATE_ALIAS, "UpdateAlias");
    NAMES.put(Kind.DELETE_ALIAS, "DeleteAlias");
    NAMES.put(Kind.ENCRYPT, "Encrypt");
    NAMES.put(Kind.GENERATE_DATA_KEY, "GenerateDataKey");
    NAMES.put(Kind.GENERATE_DATA_KEY_WITHOUT_PLAINTEXT, "GenerateDataKeyWithoutPlaintext");
    NAMES.put(Kind.DECRYPT, "Decrypt");
    NAMES.put(Kind.DECRYPT_UNDER, "Decrypt");
    NAMES.put(Kind.RE_ENCRYPT, "ReEncrypt");
  }

  private Operations() {}

  /** Null if the step is not a call of KMS. */
  static @Nullable String of(Kind kind) {
    return NAMES.get(kind);
  }

  /** The steps that are calls of this operation; none for one that no step takes. */
  static Set<Kind> kinds(String operation) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    NAMES.forEach(
        (kind, name) -> {
          if (name.equals(operation)) {
            kinds.add(kind);
          }
        });
    return kinds;
  }
}
