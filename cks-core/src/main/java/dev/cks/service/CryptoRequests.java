package dev.cks.service;

import dev.cks.domain.crypto.EncryptionContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests and results of {@link CryptoService}. Arrays are neither copied nor kept. None of these
 * prints its plaintext or ciphertext.
 */
@SuppressWarnings("ArrayRecordComponent") // payload is passed through, never compared
public final class CryptoRequests {
  private CryptoRequests() {}

  /** Encrypt. The algorithm is null or {@code SYMMETRIC_DEFAULT} for every key here. */
  public record Encrypt(
      String keyId,
      byte[] plaintext,
      EncryptionContext context,
      @Nullable String algorithm,
      List<String> grantTokens,
      boolean dryRun) {
    /** Encrypts for real, without grant tokens, with the default algorithm. */
    public Encrypt(String keyId, byte[] plaintext, EncryptionContext context) {
      this(keyId, plaintext, context, null, List.of(), false);
    }

    @Override
    public String toString() {
      return "Encrypt[" + keyId + ", " + plaintext.length + " bytes]";
    }
  }

  /** Decrypt. */
  public record Decrypt(
      @Nullable String keyId,
      byte[] ciphertext,
      EncryptionContext context,
      @Nullable String algorithm,
      List<String> grantTokens,
      boolean dryRun) {
    /** Decrypts for real, with the key that the ciphertext names. */
    public Decrypt(byte[] ciphertext, EncryptionContext context) {
      this(null, ciphertext, context, null, List.of(), false);
    }

    @Override
    public String toString() {
      return "Decrypt[" + keyId + ", " + ciphertext.length + " bytes]";
    }
  }

  /** ReEncrypt. */
  public record ReEncrypt(
      byte[] ciphertext,
      @Nullable String sourceKeyId,
      EncryptionContext sourceContext,
      @Nullable String sourceAlgorithm,
      String destinationKeyId,
      EncryptionContext destinationContext,
      @Nullable String destinationAlgorithm,
      List<String> grantTokens,
      boolean dryRun) {
    @Override
    public String toString() {
      return "ReEncrypt[" + sourceKeyId + " to " + destinationKeyId + "]";
    }
  }

  /**
   * GenerateDataKey and GenerateDataKeyWithoutPlaintext.
   *
   * @param numberOfBytes the length, 1 to 1024
   * @param keySpec how the caller said the length, if with a KeySpec; for the audit event only
   */
  public record GenerateDataKey(
      String keyId,
      int numberOfBytes,
      @Nullable String keySpec,
      EncryptionContext context,
      List<String> grantTokens,
      boolean dryRun) {}

  /**
   * A dry run of Decrypt, or of one side of ReEncrypt, without a ciphertext: {@code
   * IGNORE_CIPHERTEXT}.
   */
  public record KeyTrial(String keyId, EncryptionContext context, @Nullable String algorithm) {}

  /** What Encrypt answers. */
  public record Encrypted(byte[] ciphertext, String keyArn) {
    @Override
    public String toString() {
      return "Encrypted[" + keyArn + ", " + ciphertext.length + " bytes]";
    }
  }

  /**
   * What Decrypt answers; the plaintext is the caller's to wipe.
   *
   * @param materialId see {@link dev.cks.domain.key.KmsKey#materialId}
   */
  public record Decrypted(byte[] plaintext, String keyArn, @Nullable String materialId) {
    @Override
    public String toString() {
      return "Decrypted[" + keyArn + ", " + plaintext.length + " bytes]";
    }
  }

  /**
   * What ReEncrypt answers.
   *
   * @param sourceMaterialId see {@link dev.cks.domain.key.KmsKey#materialId}
   * @param destinationMaterialId likewise
   */
  public record ReEncrypted(
      byte[] ciphertext,
      String sourceKeyArn,
      String destinationKeyArn,
      @Nullable String sourceMaterialId,
      @Nullable String destinationMaterialId) {
    @Override
    public String toString() {
      return "ReEncrypted[" + sourceKeyArn + " to " + destinationKeyArn + "]";
    }
  }

  /**
   * What GenerateDataKey answers; the plaintext is the caller's to wipe.
   *
   * @param materialId see {@link dev.cks.domain.key.KmsKey#materialId}
   */
  public record DataKey(
      byte[] plaintext, byte[] ciphertext, String keyArn, @Nullable String materialId) {
    @Override
    public String toString() {
      return "DataKey[" + keyArn + ", " + plaintext.length + " bytes]";
    }
  }
}
