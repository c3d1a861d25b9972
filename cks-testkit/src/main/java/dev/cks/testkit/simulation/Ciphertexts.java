package dev.cks.testkit.simulation;

import dev.cks.Kms;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests;
import dev.cks.tck.model.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes the cryptographic steps and keeps what they make: no plaintext may ever come back wrong.
 */
final class Ciphertexts {
  private static final Map<String, EncryptionContext> CONTEXTS =
      Map.of(
          "", EncryptionContext.EMPTY,
          "a", EncryptionContext.of(Map.of("context", "a")),
          "b", EncryptionContext.of(Map.of("context", "b")));
  private static final byte[] NOBODY_MADE = new byte[64];

  private final Kms kms;
  private final Caller caller;
  private final Map<Integer, Kept> kept = new HashMap<>();
  private int made;

  private static final class Kept {
    final byte[] ciphertext;

    /** Null until it is seen for the first time. */
    byte @Nullable [] plaintext;

    Kept(byte[] ciphertext, byte @Nullable [] plaintext) {
      this.ciphertext = ciphertext;
      this.plaintext = plaintext;
    }
  }

  Ciphertexts(Kms kms, Caller caller) {
    this.kms = kms;
    this.caller = caller;
  }

  void take(Step step, String keyId) {
    int number = step.number();
    EncryptionContext context = context(step.name());
    switch (step.kind()) {
      case ENCRYPT -> {
        byte[] plaintext = (Trail.CANARY + made++).getBytes(StandardCharsets.US_ASCII);
        CryptoRequests.Encrypt request = new CryptoRequests.Encrypt(keyId, plaintext, context);
        kept.put(number, new Kept(kms.crypto().encrypt(request, caller).ciphertext(), plaintext));
      }
      case GENERATE_DATA_KEY -> {
        CryptoRequests.DataKey key = kms.crypto().generateDataKey(dataKey(keyId, context), caller);
        kept.put(number, new Kept(key.ciphertext(), key.plaintext()));
      }
      case GENERATE_DATA_KEY_WITHOUT_PLAINTEXT -> {
        CryptoRequests.DataKey key =
            kms.crypto().generateDataKeyWithoutPlaintext(dataKey(keyId, context), caller);
        kept.put(number, new Kept(key.ciphertext(), null));
      }
      case DECRYPT -> decrypt(number, null, context);
      case DECRYPT_UNDER -> decrypt(number, keyId, context);
      default -> reEncrypt(number, keyId, context);
    }
  }

  private static EncryptionContext context(String name) {
    return Objects.requireNonNull(CONTEXTS.get(name), name);
  }

  private static CryptoRequests.GenerateDataKey dataKey(String keyId, EncryptionContext context) {
    return new CryptoRequests.GenerateDataKey(keyId, 32, null, context, List.of(), false);
  }

  private byte[] ciphertext(int number) {
    Kept found = kept.get(number);
    return found == null ? NOBODY_MADE : found.ciphertext;
  }

  private void decrypt(int number, @Nullable String keyId, EncryptionContext context) {
    CryptoRequests.Decrypt request =
        new CryptoRequests.Decrypt(keyId, ciphertext(number), context, null, List.of(), false);
    byte[] plaintext = kms.crypto().decrypt(request, caller).plaintext();
    Kept known = kept.get(number);
    if (known == null) {
      throw new AssertionError("decrypted what nobody encrypted");
    }
    if (known.plaintext != null && !Arrays.equals(plaintext, known.plaintext)) {
      throw new AssertionError("ciphertext " + number + " came back as another plaintext");
    }
    known.plaintext = plaintext;
  }

  private void reEncrypt(int number, String keyId, EncryptionContext context) {
    CryptoRequests.ReEncrypt request =
        new CryptoRequests.ReEncrypt(
            ciphertext(number),
            null,
            context,
            null,
            keyId,
            context(Step.CONTEXT_AFTER),
            null,
            List.of(),
            false);
    byte[] moved = kms.crypto().reEncrypt(request, caller).ciphertext();
    Kept before = kept.get(number);
    kept.put(number, new Kept(moved, before == null ? null : before.plaintext));
  }
}
