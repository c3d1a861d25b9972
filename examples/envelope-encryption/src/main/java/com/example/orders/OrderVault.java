package com.example.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DependencyTimeoutException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.KeyUnavailableException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;

/**
 * Encrypts orders, each under a data key of its own that only KMS can open. The KMS key lives in a
 * custom key store, so it can be out of reach for as long as the cluster behind it is.
 */
public final class OrderVault {
  static final int IV_LENGTH = 12;

  private static final int TAG_BITS = 128;
  private static final int TRIES = 3;

  private final KmsClient kms;
  private final String keyId;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param keyId the KMS key: its id, ARN or alias
   */
  public OrderVault(KmsClient kms, String keyId) {
    this.kms = kms;
    this.keyId = keyId;
  }

  /**
   * Encrypts the text of an order.
   *
   * @throws VaultUnavailableException if the KMS key cannot be used now, but may be later
   */
  public byte[] seal(String orderId, String text) {
    GenerateDataKeyResponse dataKey =
        trying(
            () ->
                kms.generateDataKey(
                    r ->
                        r.keyId(keyId)
                            .keySpec(DataKeySpec.AES_256)
                            .encryptionContext(context(orderId))));
    byte[] key = dataKey.plaintext().asByteArray();
    byte[] iv = new byte[IV_LENGTH];
    random.nextBytes(iv);
    byte[] ciphertext = aesGcm(Cipher.ENCRYPT_MODE, key, iv, text.getBytes(UTF_8));
    return new Envelope(dataKey.ciphertextBlob().asByteArray(), iv, ciphertext).toBytes();
  }

  /**
   * Decrypts what {@link #seal} made for the same order.
   *
   * @throws VaultUnavailableException if the KMS key cannot be used now, but may be later
   */
  public String open(String orderId, byte[] sealed) {
    Envelope envelope = Envelope.parse(sealed);
    SdkBytes encryptedKey = SdkBytes.fromByteArray(envelope.encryptedDataKey());
    byte[] key =
        trying(
                () ->
                    kms.decrypt(
                        r ->
                            r.keyId(keyId)
                                .ciphertextBlob(encryptedKey)
                                .encryptionContext(context(orderId))))
            .plaintext()
            .asByteArray();
    return new String(
        aesGcm(Cipher.DECRYPT_MODE, key, envelope.iv(), envelope.ciphertext()), UTF_8);
  }

  private static Map<String, String> context(String orderId) {
    return Map.of("order", orderId);
  }

  /** Tries again what may have been bad luck, and says so when trying does not help. */
  private static <R> R trying(Supplier<R> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (DependencyTimeoutException | KeyUnavailableException | KmsInternalException failed) {
        if (attempt == TRIES) {
          throw new VaultUnavailableException(failed);
        }
      } catch (KmsInvalidStateException | DisabledException notNow) {
        throw new VaultUnavailableException(notNow);
      }
    }
  }

  private static byte[] aesGcm(int mode, byte[] key, byte[] iv, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, iv));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("AES-GCM", failure);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The KMS key cannot be used now; what was sealed is not lost. */
  public static final class VaultUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VaultUnavailableException(KmsException cause) {
      super("the key of the vault cannot be used now", cause);
    }
  }
}
