package dev.cks.sim;

import dev.cks.domain.key.BackingKeyId;
import dev.cks.sim.crypto.XaesKey;
import dev.cks.spi.HsmKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A key with its attributes and material: one object however many nodes have it, so that a million
 * keys on three nodes stay affordable. It counts its holders and wipes the material when the last
 * one drops it. Thread-safe.
 */
final class KeyObject {
  private final BackingKeyId id;
  private final String label;
  private final String owner;
  private final int handle;
  private final long createdMillis;
  private final XaesKey key;
  private int holders;

  KeyObject(BackingKeyId id, String label, String owner, int handle, Instant created, XaesKey key) {
    this.id = id;
    this.label = label;
    this.owner = owner;
    this.handle = handle;
    this.createdMillis = created.toEpochMilli();
    this.key = key;
  }

  BackingKeyId id() {
    return id;
  }

  XaesKey key() {
    return key;
  }

  boolean isOwnedBy(String user) {
    return owner.equals(user);
  }

  /** Whether people may mean this key by {@code name}: its label, handle or id. */
  boolean answersTo(String name) {
    return name.equals(label) || name.equals(reference()) || name.equals(id.toString());
  }

  synchronized void retain() {
    holders++;
  }

  synchronized void release() {
    if (--holders == 0) {
      key.destroy();
    }
  }

  HsmKey.Facts facts() {
    return new HsmKey.Facts(
        id, label, reference(), Instant.ofEpochMilli(createdMillis), attributes());
  }

  private String reference() {
    return Integer.toString(handle);
  }

  /** In the words and numbers of CloudHSM's tools; made when asked for, to keep keys small. */
  private Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("OBJ_ATTR_CLASS", "4");
    attributes.put("OBJ_ATTR_TOKEN", "1");
    attributes.put("OBJ_ATTR_PRIVATE", "1");
    attributes.put("OBJ_ATTR_LABEL", label);
    attributes.put("OBJ_ATTR_KEY_TYPE", "31");
    attributes.put("OBJ_ATTR_ID", id.toString());
    attributes.put("OBJ_ATTR_SENSITIVE", "1");
    attributes.put("OBJ_ATTR_ENCRYPT", "1");
    attributes.put("OBJ_ATTR_DECRYPT", "1");
    attributes.put("OBJ_ATTR_VALUE_LEN", "32");
    attributes.put("OBJ_ATTR_EXTRACTABLE", "0");
    attributes.put("OBJ_ATTR_LOCAL", "1");
    attributes.put("OBJ_ATTR_NEVER_EXTRACTABLE", "1");
    attributes.put("OBJ_ATTR_ALWAYS_SENSITIVE", "1");
    attributes.put("OBJ_ATTR_KCV", "0x" + HexFormat.of().formatHex(key.checkValue()));
    return attributes;
  }
}
