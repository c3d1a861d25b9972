package dev.cks.domain.crypto;

import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.key.BackingKeyId;
import dev.cks.domain.key.KeyId;
import java.nio.ByteBuffer;

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
    ByteBuffer header = ByteBuffer.wrap(bytes, 1, HEADER_LENGTH - 1);
    KeyId keyId = new KeyId(header.getLong(), header.getLong(), false);
    return new CiphertextBlob(bytes, keyId, new BackingKeyId(header.getLong(), header.getLong()));
  }

  /** The one answer for a ciphertext that cannot be decrypted. */
  public static KmsException invalid() {
    return new KmsException(KmsErrorCode.INVALID_CIPHERTEXT, null);
  }

  /** Writes the header for a key at the beginning of {@code blob}. */
  public static void writeHeader(byte[] blob, KeyId keyId, BackingKeyId backingKeyId) {
    ByteBuffer.wrap(blob)
        .put(VERSION)
        .putLong(keyId.high())
        .putLong(keyId.low())
        .putLong(backingKeyId.high())
        .putLong(backingKeyId.low());
  }

  /** Header and canonical context, in that order: what the HSM authenticates beside the payload. */
  public static byte[] associatedData(byte[] blob, EncryptionContext context) {
    byte[] aad = new byte[HEADER_LENGTH + context.canonicalLength()];
    System.arraycopy(blob, 0, aad, 0, HEADER_LENGTH);
    context.writeTo(aad, HEADER_LENGTH);
    return aad;
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
