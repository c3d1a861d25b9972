package dev.cks.sim.hsm;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.crypto.KeyMaterial;
import dev.cks.sim.crypto.XaesKey;
import dev.cks.spi.HsmException;
import dev.cks.spi.HsmException.Reason;
import dev.cks.spi.HsmKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A key with its attributes and material: one object however many nodes have it, so that a million
 * keys on three nodes stay affordable. It counts its holders and wipes the material when the last
 * one drops it. Thread-safe.
 */
public final class KeyObject {
  private final BackingKeyId id;
  private final String label;
  private final String owner;
  private final int handle;
  private final long createdMillis;
  private final KeyMaterial material;
  private final boolean persistent;
  private final boolean extractable;
  private int holders;

  /** Whether its owner was told that it exists, and no HSM has destroyed it since. */
  private volatile boolean acknowledged;

  private volatile boolean told;

  KeyObject(BackingKeyId id, String label, String owner, int handle, Instant created, XaesKey key) {
    this(id, KeyTemplate.backingKey(label), owner, handle, created, key);
  }

  KeyObject(
      BackingKeyId id,
      KeyTemplate template,
      String owner,
      int handle,
      Instant created,
      KeyMaterial material) {
    this.id = id;
    this.label = template.label();
    this.owner = owner;
    this.handle = handle;
    this.createdMillis = created.toEpochMilli();
    this.material = material;
    this.persistent = template.persistent();
    this.extractable = template.extractable();
  }

  public BackingKeyId id() {
    return id;
  }

  public String label() {
    return label;
  }

  public String owner() {
    return owner;
  }

  public int handle() {
    return handle;
  }

  /** Whether it outlives the login that made it. */
  public boolean isPersistent() {
    return persistent;
  }

  /** Only keys generated through a session encrypt; those made with a tool are other people's. */
  XaesKey key() {
    if (material instanceof XaesKey xaes) {
      return xaes;
    }
    throw new HsmException(Reason.DENIED, "the key " + handle + " was not made for this");
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  /**
   * Whether its owner was ever told that it exists, be it destroyed or not. If not, an HSM that
   * does not answer may have the key that the owner means by this id.
   */
  boolean wasTold() {
    return told;
  }

  void setAcknowledged(boolean known) {
    acknowledged = known;
    told |= known;
  }

  public boolean isOwnedBy(String user) {
    return owner.equals(user);
  }

  /** Whether people may mean this key by {@code name}: its label, handle or id. */
  public boolean answersTo(String name) {
    return name.equals(label) || name.equals(reference()) || name.equals(id.toString());
  }

  synchronized void retain() {
    holders++;
  }

  synchronized void release() {
    if (--holders == 0) {
      material.destroy();
    }
  }

  public HsmKey.Facts facts() {
    return new HsmKey.Facts(
        id, label, reference(), Instant.ofEpochMilli(createdMillis), attributes());
  }

  /**
   * Its value as {@link KeyAttribute#kind()} says; null if such an object has no such attribute.
   */
  public @Nullable String attribute(KeyAttribute attribute) {
    return switch (attribute) {
      case CLASS -> "4";
      case LABEL -> label;
      case ID -> id.toString();
      case KEY_TYPE -> "31";
      case VALUE_LEN -> Integer.toString(material.length());
      case KCV -> HexFormat.of().formatHex(material.checkValue());
      case TOKEN -> bit(persistent);
      case EXTRACTABLE, WRAP, UNWRAP -> bit(extractable);
      case NEVER_EXTRACTABLE -> bit(!extractable);
      case PRIVATE, SENSITIVE, ENCRYPT, DECRYPT, LOCAL, ALWAYS_SENSITIVE, DESTROYABLE -> "1";
      case TRUSTED, SIGN, VERIFY, DERIVE, WRAP_WITH_TRUSTED -> "0";
      case MODULUS, MODULUS_BITS, PUBLIC_EXPONENT, WRAP_TEMPLATE, UNWRAP_TEMPLATE -> null;
    };
  }

  private static String bit(boolean set) {
    return set ? "1" : "0";
  }

  String reference() {
    return Integer.toString(handle);
  }

  /** In the words and numbers of CloudHSM's tools; made when asked for, to keep keys small. */
  private Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    for (KeyAttribute attribute : KeyAttribute.values()) {
      String value = attribute(attribute);
      if (value != null) {
        attributes.put(attribute.label(), attribute == KeyAttribute.KCV ? "0x" + value : value);
      }
    }
    return attributes;
  }
}
