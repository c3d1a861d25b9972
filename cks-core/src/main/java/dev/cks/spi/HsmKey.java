package dev.cks.spi;

import dev.cks.domain.key.BackingKeyId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * An AES key inside a cluster, valid as long as the session it was found through. Does not promise
 * that the key still exists. Thread-safe.
 */
public interface HsmKey {

  /** What can be said of the key. */
  Facts facts();

  /** {@link Facts#reference} alone, where saying everything would cost more. */
  default String reference() {
    return facts().reference();
  }

  /** How many bytes {@link #encrypt} writes for {@code plaintextLength} bytes. */
  int ciphertextLength(int plaintextLength);

  /**
   * How many bytes {@link #decrypt} writes for {@code ciphertextLength} bytes; negative if no
   * ciphertext has that length.
   */
  int plaintextLength(int ciphertextLength);

  /**
   * Encrypts. The HSM owns its IV; the output begins with a suite byte and is opaque otherwise.
   *
   * @param aad authenticated, not encrypted
   * @param out receives {@link #ciphertextLength} bytes from {@code outOffset} on
   * @return how many bytes were written
   * @throws HsmException and nothing useful is in {@code out}
   */
  int encrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset);

  /**
   * The same with associated data that is a part of an array. That may be {@code out} itself, so it
   * must be read before anything is written: a caller then needs no array of its own for it.
   *
   * @param aad holds the associated data from {@code aadOffset} on
   * @param aadLength how many bytes of it are authenticated
   */
  default int encrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    byte[] copy = Arrays.copyOfRange(aad, aadOffset, aadOffset + aadLength);
    return encrypt(copy, in, offset, length, out, outOffset);
  }

  /**
   * Decrypts what {@link #encrypt} wrote.
   *
   * @param out receives {@link #plaintextLength} bytes from {@code outOffset} on
   * @return how many bytes were written
   * @throws HsmException {@code CIPHERTEXT_INVALID} for anything but an authentic ciphertext of
   *     this key with this {@code aad}
   */
  int decrypt(byte[] aad, byte[] in, int offset, int length, byte[] out, int outOffset);

  /**
   * The same with associated data that is a part of an array.
   *
   * @param aad holds the associated data from {@code aadOffset} on
   * @param aadLength how many bytes of it were authenticated
   */
  default int decrypt(
      byte[] aad,
      int aadOffset,
      int aadLength,
      byte[] in,
      int offset,
      int length,
      byte[] out,
      int outOffset) {
    byte[] copy = Arrays.copyOfRange(aad, aadOffset, aadOffset + aadLength);
    return decrypt(copy, in, offset, length, out, outOffset);
  }

  /**
   * Facts of a key object.
   *
   * @param id {@code CKA_ID}
   * @param label {@code CKA_LABEL}
   * @param reference the HSM's own handle as text for people, for example {@code 262162}; it may
   *     change when a cluster is restored from a backup
   * @param created when it was generated
   * @param attributes further PKCS#11 attributes by name, for people
   */
  record Facts(
      BackingKeyId id,
      String label,
      String reference,
      Instant created,
      Map<String, String> attributes) {}
}
