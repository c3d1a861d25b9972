package dev.cks.domain.grant;

import dev.cks.domain.key.KeyHome;
import java.util.Arrays;
import java.util.Optional;

/**
 * The operations that a grant can allow, by their names in the API (spec A.7), and which keys know
 * them: every key here is symmetric, so nothing signs, and only a standard key wraps data key pairs
 * (spec D.13).
 */
public enum GrantOperation {
  DECRYPT("Decrypt", Keys.SYMMETRIC, true),
  ENCRYPT("Encrypt", Keys.SYMMETRIC, true),
  GENERATE_DATA_KEY("GenerateDataKey", Keys.SYMMETRIC, true),
  GENERATE_DATA_KEY_WITHOUT_PLAINTEXT("GenerateDataKeyWithoutPlaintext", Keys.SYMMETRIC, true),
  RE_ENCRYPT_FROM("ReEncryptFrom", Keys.SYMMETRIC, true),
  RE_ENCRYPT_TO("ReEncryptTo", Keys.SYMMETRIC, true),
  SIGN("Sign", Keys.OTHER, false),
  VERIFY("Verify", Keys.OTHER, false),
  GET_PUBLIC_KEY("GetPublicKey", Keys.OTHER, false),
  CREATE_GRANT("CreateGrant", Keys.SYMMETRIC, true),
  RETIRE_GRANT("RetireGrant", Keys.SYMMETRIC, false),
  DESCRIBE_KEY("DescribeKey", Keys.SYMMETRIC, false),
  GENERATE_DATA_KEY_PAIR("GenerateDataKeyPair", Keys.STANDARD, true),
  GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT(
      "GenerateDataKeyPairWithoutPlaintext", Keys.STANDARD, true),
  GENERATE_MAC("GenerateMac", Keys.OTHER, false),
  VERIFY_MAC("VerifyMac", Keys.OTHER, false),
  DERIVE_SHARED_SECRET("DeriveSharedSecret", Keys.OTHER, false);

  private enum Keys {
    /** Symmetric keys, wherever they live. */
    SYMMETRIC,
    /** Symmetric keys outside custom key stores. */
    STANDARD,
    /** Keys of kinds that there are none of here. */
    OTHER
  }

  private final String wireName;
  private final Keys keys;
  private final boolean constrainable;

  GrantOperation(String wireName, Keys keys, boolean constrainable) {
    this.wireName = wireName;
    this.keys = keys;
    this.constrainable = constrainable;
  }

  /** The operation with this name in the API. */
  public static Optional<GrantOperation> named(String wireName) {
    return Arrays.stream(values())
        .filter(operation -> operation.wireName.equals(wireName))
        .findFirst();
  }

  /** The operation's name in the API. */
  public String wireName() {
    return wireName;
  }

  /** Whether symmetric keys of this home know the operation. */
  public boolean isKnownTo(KeyHome home) {
    return switch (keys) {
      case SYMMETRIC -> true;
      case STANDARD -> !(home instanceof KeyHome.Custom);
      case OTHER -> false;
    };
  }

  /**
   * Whether a constraint on the encryption context has something to say about it: the operations
   * that take a context, and CreateGrant, which must hand the constraint on.
   */
  public boolean isConstrainable() {
    return constrainable;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
