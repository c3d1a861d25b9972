package dev.cks.tck.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.domain.error.KmsErrorCode;
import dev.cks.domain.error.KmsException;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.Caller;
import dev.cks.service.CryptoRequests.Decrypt;
import dev.cks.service.CryptoRequests.Encrypt;
import dev.cks.service.KeyRequests;
import dev.cks.service.KeyStoreRequests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A key store on the guide's cluster, and the proof that the guide shows this very code. */
class SpiGuideTest {
  private static final Path ROOT = Path.of(System.getProperty("cks.root", ".."));
  private static final Path SOURCES = ROOT.resolve("cks-spi-tck/src/test/java/dev/cks/tck/example");

  @Test
  void keyStore_onTheGuidesCluster_encryptsAndOutlivesADisconnect() {
    // tag::register
    byte[] secret = "four and twenty".getBytes(StandardCharsets.UTF_8);
    SecretBytes password = SecretBytes.ofText("kmsPswd1");
    SoftCluster cluster = new SoftCluster("cluster-soft2345abc", "kmsuser", password);
    KmsConfig config =
        KmsConfig.asDocumented().toBuilder()
            .clusters(
                id -> id.equals(cluster.facts().id()) ? Optional.of(cluster) : Optional.empty())
            .build();
    try (Kms kms = Kms.create(config)) {
      Caller caller = kms.rootCaller();
      String store =
          kms.keyStores()
              .create(
                  new KeyStoreRequests.Create(
                      "soft",
                      "AWS_CLOUDHSM",
                      cluster.facts().id(),
                      cluster.facts().trustAnchor(),
                      password),
                  caller);
      kms.keyStores().connect(store, caller);
      String key = kms.keys().create(KeyRequests.Create.in(store), caller).key().arn();
      byte[] ciphertext =
          kms.crypto()
              .encrypt(new Encrypt(key, secret, EncryptionContext.EMPTY), caller)
              .ciphertext();

      kms.keyStores().disconnect(store, caller);
      Decrypt decrypt = new Decrypt(ciphertext, EncryptionContext.EMPTY);
      assertThatExceptionOfType(KmsException.class)
          .isThrownBy(() -> kms.crypto().decrypt(decrypt, caller))
          .extracting(KmsException::code)
          .isEqualTo(KmsErrorCode.KMS_INVALID_STATE);

      kms.keyStores().connect(store, caller);
      assertThat(kms.crypto().decrypt(decrypt, caller).plaintext()).isEqualTo(secret);
    }
    // end::register
  }

  @Test
  void guide_everySnippet_isCompiledCode() throws IOException {
    List<String> shown =
        matches("```java\n(.*?)```", Files.readString(ROOT.resolve("docs/spi-guide.md")));

    assertThat(shown).isNotEmpty().containsExactlyElementsOf(tagged());
  }

  /** In the order in which the guide tells them. */
  private static List<String> tagged() throws IOException {
    List<String> all = new ArrayList<>();
    for (String file :
        List.of("SoftCluster", "SoftKey", "SoftClusterContractTest", "SpiGuideTest")) {
      String source = Files.readString(SOURCES.resolve(file + ".java"));
      matches("// tag::\\w+\n(.*?) *// end::", source).forEach(code -> all.add(flush(code)));
    }
    return all;
  }

  /** Without the indentation that the snippet has in its file. */
  private static String flush(String code) {
    return code.stripTrailing().stripIndent() + "\n";
  }

  private static List<String> matches(String regex, String text) {
    return Pattern.compile(regex, Pattern.DOTALL)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
