package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * What nothing reaches is not in a dump of the live heap: plaintext and data keys after {@code
 * close()}. The password that KMS was told is there as long as the records are, and shows that the
 * search finds things.
 */
class HeapAfterCloseTest {
  @TempDir Path directory;

  /** Bytes to look for, kept in a form that does not contain them. */
  private static final class Wanted {
    private final byte[] masked;

    private Wanted(byte[] masked) {
      this.masked = masked;
    }

    static Wanted of(byte[] secret) {
      byte[] masked = secret.clone();
      for (int i = 0; i < masked.length; i++) {
        masked[i] ^= (byte) 0x5A;
      }
      return new Wanted(masked);
    }

    /** The secret again, for a moment. */
    byte[] bare() {
      return of(masked).masked;
    }

    boolean isIn(Path file) throws IOException {
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
        int matched = 0;
        for (int each = in.read(); each >= 0; each = in.read()) {
          byte found = (byte) (each ^ 0x5A);
          if (found != masked[matched]) {
            matched = 0; // the secrets begin with a byte that they do not repeat soon
          }
          if (found == masked[matched]) {
            matched++;
          }
          if (matched == masked.length) {
            return true;
          }
        }
        return false;
      }
    }
  }

  @Test
  void close_ofAnAccount_leavesNoPlaintextThatAnythingReaches() throws IOException {
    Wanted password = Wanted.of(text("Q"));
    Wanted plaintext = Wanted.of(text("Z"));
    SimulatedAws aws = SimulatedAws.create();

    Wanted dataKey = use(aws, password, plaintext);

    aws.close();
    Path after = dump("after");
    assertThat(password.isIn(after)).as("a password, which its record keeps").isTrue();
    assertThat(plaintext.isIn(after)).as("the plaintext").isFalse();
    assertThat(dataKey.isIn(after)).as("the data key").isFalse();
    assertThat(aws.scope()).as("the account, reachable all along").isNotNull();
  }

  private static byte[] text(String first) {
    return (first + UUID.randomUUID().toString().replace("-", "").substring(0, 24))
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Encrypts, decrypts, makes a data key, and tells KMS a password that no connect replaces. */
  private static Wanted use(SimulatedAws aws, Wanted password, Wanted plaintext) {
    KmsClient kms = aws.kms();
    String key =
        kms.createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(aws.keyStoreId()))
            .keyMetadata()
            .keyId();
    SdkBytes ciphertext =
        kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(plaintext.bare())))
            .ciphertextBlob();
    kms.decrypt(r -> r.ciphertextBlob(ciphertext));
    Wanted dataKey =
        Wanted.of(
            kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256))
                .plaintext()
                .asByteArray());
    kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
    String told = new String(password.bare(), StandardCharsets.US_ASCII);
    kms.updateCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()).keyStorePassword(told));
    return dataKey;
  }

  private Path dump(String name) throws IOException {
    Path file = directory.resolve(name + ".hprof");
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return file;
  }
}
