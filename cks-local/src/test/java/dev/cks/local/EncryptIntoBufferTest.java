package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.service.CryptoRequests;
import dev.cks.service.KeyRequests;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Encrypt into the caller's array. */
final class EncryptIntoBufferTest {
  private static final EncryptionContext CONTEXT = EncryptionContext.of(Map.of("a", "b"));

  private final SimulatedAws aws = SimulatedAws.create();
  private final String key =
      aws.core()
          .keys()
          .create(KeyRequests.Create.in(aws.keyStoreId()), aws.core().rootCaller())
          .key()
          .arn();

  @AfterEach
  void close() {
    aws.close();
  }

  private int encrypt(byte[] plaintext, EncryptionContext context, byte[] into, int offset) {
    return aws.core()
        .crypto()
        .encrypt(
            new CryptoRequests.Encrypt(key, plaintext, context),
            into,
            offset,
            aws.core().rootCaller());
  }

  private byte[] decrypt(byte[] blob, EncryptionContext context) {
    return aws.core()
        .crypto()
        .decrypt(new CryptoRequests.Decrypt(blob, context), aws.core().rootCaller())
        .plaintext();
  }

  @Test
  void writesThereAndNowhereElse_andDecrypts() {
    byte[] into = new byte[500];
    byte[] plaintext = {1, 2, 3};

    int written = encrypt(plaintext, CONTEXT, into, 7);

    assertThat(decrypt(Arrays.copyOfRange(into, 7, 7 + written), CONTEXT)).isEqualTo(plaintext);
    assertThat(Arrays.copyOf(into, 7)).containsOnly(0);
    assertThat(Arrays.copyOfRange(into, 7 + written, into.length)).containsOnly(0);
  }

  @Test
  void contextLongerThanTheCiphertext_isAuthenticatedInFull() {
    EncryptionContext lengthy = EncryptionContext.of(Map.of("name", "v".repeat(2000)));
    byte[] into = new byte[CiphertextBlob.MAX_LENGTH];

    int written = encrypt(new byte[1], lengthy, into, 0);

    byte[] blob = Arrays.copyOf(into, written);
    assertThat(decrypt(blob, lengthy)).isEqualTo(new byte[1]);
    EncryptionContext other = EncryptionContext.of(Map.of("name", "v".repeat(1999) + "w"));
    assertThatExceptionOfType(KmsException.class)
        .isThrownBy(() -> decrypt(blob, other))
        .satisfies(e -> assertThat(e.code()).isEqualTo(KmsErrorCode.INVALID_CIPHERTEXT));
  }

  @Test
  void plaintextInTheSameArray_isReadBeforeItIsOverwritten() {
    byte[] both = new byte[300];
    Arrays.fill(both, (byte) 9);
    byte[] plaintext = both.clone();
    byte[] roomy = Arrays.copyOf(both, 500);

    assertThatThrownBy(() -> encrypt(both, CONTEXT, both, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(both).isEqualTo(plaintext);

    int written = encrypt(plaintext, CONTEXT, roomy, 0);
    assertThat(decrypt(Arrays.copyOf(roomy, written), CONTEXT)).isEqualTo(plaintext);
  }

  @Test
  void noRoom_isRefusedBeforeAnythingIsWritten() {
    byte[] into = new byte[60];

    assertThatThrownBy(() -> encrypt(new byte[32], CONTEXT, into, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);

    assertThat(into).containsOnly(0);
  }
}
