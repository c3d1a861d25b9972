package dev.cks.domain.crypto;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What Encrypt returns: a clear header that names the key, then bytes that only the key's HSM can
 * read. Version, key id and backing key id are part of the associated data, so none of them can be
 * changed unnoticed (spec E.2).
 *
 * <pre>
 *   offset  length  what
 *        0       1  version, {@value #VERSION}
 *        1      16  key id
 *       17      16  backing key id
 *       33       n  the HSM's own output, opaque
 * </pre>
 */
public final class CiphertextBlob {
  /** The only version there is. */
  public static final byte VERSION = 1;

  /** Length of the header in bytes. */
  public static final int HEADER_LENGTH = 33;

  /** The longest blob that KMS accepts, in bytes. */
  public static final int MAX_LENGTH = 6144;

  private static final int KEY_ID = 1;
  private static final int BACKING_KEY_ID = 17;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final KeyId keyId;
  private final BackingKeyId backingKeyId;

  private CiphertextBlob(byte[] bytes, KeyId keyId, BackingKeyId backingKeyId) {
    this.bytes = bytes;
    this.keyId = keyId;
    this.backingKeyId = backingKeyId;
  }

  /**
   * Reads a blob. The array is kept, not copied.
   *
   * @throws KmsException {@code InvalidCiphertextException} without a message, whatever is wrong
   */
  public static CiphertextBlob parse(byte[] bytes) {
    if (bytes.length <= HEADER_LENGTH || bytes.length > MAX_LENGTH || bytes[0] != VERSION) {
      throw invalid();
    }
    return new CiphertextBlob(
        bytes,
        new KeyId(longAt(bytes, KEY_ID), longAt(bytes, KEY_ID + Long.BYTES), false),
        new BackingKeyId(
            longAt(bytes, BACKING_KEY_ID), longAt(bytes, BACKING_KEY_ID + Long.BYTES)));
  }

  /** The one answer for a ciphertext that cannot be decrypted. */
  public static KmsException invalid() {
    return new KmsException(KmsErrorCode.INVALID_CIPHERTEXT, null);
  }

  /** Writes the header for a key into {@code target}, from {@code offset} on. */
  public static void writeHeader(
      byte[] target, int offset, KeyId keyId, BackingKeyId backingKeyId) {
    target[offset] = VERSION;
    LONGS.set(target, offset + KEY_ID, keyId.high());
    LONGS.set(target, offset + KEY_ID + Long.BYTES, keyId.low());
    LONGS.set(target, offset + BACKING_KEY_ID, backingKeyId.high());
    LONGS.set(target, offset + BACKING_KEY_ID + Long.BYTES, backingKeyId.low());
  }

  private static long longAt(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  /** How many bytes {@link #writeAssociatedData} may write at most. */
  public static int maxAssociatedDataLength(EncryptionContext context) {
    return HEADER_LENGTH + context.maxCanonicalLength();
  }

  /**
   * Header and canonical context, in that order: what the HSM authenticates beside the payload.
   *
   * @param blob has a header from {@code offset} on
   * @param target receives them from its beginning
   * @return how many bytes they are
   */
  public static int writeAssociatedData(
      byte[] blob, int offset, EncryptionContext context, byte[] target) {
    System.arraycopy(blob, offset, target, 0, HEADER_LENGTH);
    return context.writeTo(target, HEADER_LENGTH);
  }

  /** The KMS key that the header names. */
  public KeyId keyId() {
    return keyId;
  }

  /** The key material that the header names. */
  public BackingKeyId backingKeyId() {
    return backingKeyId;
  }

  /** The whole blob; not a copy. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes belong to the HSM. */
  public int opaqueLength() {
    return bytes.length - HEADER_LENGTH;
  }
}
