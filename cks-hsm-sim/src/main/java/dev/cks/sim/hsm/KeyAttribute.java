package dev.cks.sim.hsm;

import java.util.Arrays;
import java.util.Optional;

/** Attributes of key objects by the numbers of CloudHSM's tools (spec F.4). */
public enum KeyAttribute {
  CLASS(0),
  TOKEN(1),
  PRIVATE(2),
  LABEL(3, Kind.TEXT),
  TRUSTED(134),
  KEY_TYPE(256),
  ID(258, Kind.BYTES),
  SENSITIVE(259),
  ENCRYPT(260),
  DECRYPT(261),
  WRAP(262),
  UNWRAP(263),
  SIGN(264),
  VERIFY(266),
  DERIVE(268),
  MODULUS(288, Kind.BYTES),
  MODULUS_BITS(289),
  PUBLIC_EXPONENT(290, Kind.BYTES),
  VALUE_LEN(353),
  EXTRACTABLE(354),
  LOCAL(355),
  NEVER_EXTRACTABLE(356),
  ALWAYS_SENSITIVE(357),
  DESTROYABLE(370),
  KCV(371, Kind.BYTES),
  WRAP_WITH_TRUSTED(528),
  WRAP_TEMPLATE(1_073_742_353, Kind.BYTES),
  UNWRAP_TEMPLATE(1_073_742_354, Kind.BYTES);

  /** The number that asks for all attributes. */
  public static final int ALL = 512;

  /** How a value is written. */
  public enum Kind {
    /** A number in decimal digits; yes is 1, no is 0. */
    NUMBER,
    TEXT,
    /** Hex digits. */
    BYTES
  }

  private final int number;
  private final Kind kind;

  KeyAttribute(int number) {
    this(number, Kind.NUMBER);
  }

  KeyAttribute(int number, Kind kind) {
    this.number = number;
    this.kind = kind;
  }

  public int number() {
    return number;
  }

  public Kind kind() {
    return kind;
  }

  /** As the tools print it: {@code OBJ_ATTR_LABEL}. */
  public String label() {
    return "OBJ_ATTR_" + name();
  }

  public static Optional<KeyAttribute> of(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }
}
