package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * The first steps without JUnit, and the proof that the page about testing shows this very code.
 */
class QuickstartTest {
  private static final Path ROOT = Path.of(System.getProperty("cks.root", ".."));

  @Test
  void quickstart_throughADisconnect_recovers() {
    // tag::quickstart
    try (SimulatedAws aws = SimulatedAws.create()) {
      KmsClient kms = aws.kms();
      String keyId =
          kms.createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(aws.keyStoreId()))
              .keyMetadata()
              .keyId();
      SdkBytes secret = SdkBytes.fromUtf8String("four and twenty");
      SdkBytes ciphertext = kms.encrypt(r -> r.keyId(keyId).plaintext(secret)).ciphertextBlob();

      kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
      assertThat(kms.describeKey(r -> r.keyId(keyId)).keyMetadata().keyState())
          .isEqualTo(KeyState.UNAVAILABLE);
      assertThatThrownBy(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)))
          .isInstanceOf(KmsInvalidStateException.class);

      kms.connectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
      assertThat(kms.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext()).isEqualTo(secret);
    }
    // end::quickstart
  }

  @Test
  void page_showsTheQuickstart() throws IOException {
    String source =
        Files.readString(ROOT.resolve("cks-local/src/test/java/dev/cks/local/QuickstartTest.java"));
    String compiled = between(source, "// tag::quickstart\n", "    // end::quickstart");
    assertThat(Files.readString(ROOT.resolve("docs/testing.md"))).contains(compiled.indent(-4));
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
