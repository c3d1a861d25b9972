package dev.cks.bench;

import dev.cks.domain.crypto.CiphertextBlob;
import dev.cks.domain.crypto.EncryptionContext;
import dev.cks.local.SimulatedAws;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * A warm call with 32 bytes and one context pair through the AWS SDK's interface, from building the
 * request to the answer; and the bare cipher at the same work. Decryption goes round many blobs:
 * with one alone the cipher would have everything in place.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 2,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncryptBenchmark {
  private static final byte[] PLAINTEXT = new byte[32];
  private static final Map<String, String> CONTEXT = Map.of("purpose", "benchmark");
  private static final int AAD_LENGTH =
      CiphertextBlob.HEADER_LENGTH + EncryptionContext.of(CONTEXT).canonicalLength();
  private static final int BLOBS = 64;

  private final RawAes raw = new RawAes(AAD_LENGTH);
  private final List<byte[]> rawBlobs =
      Stream.generate(() -> raw.seal(PLAINTEXT)).limit(BLOBS).toList();
  private int blob;

  /** One key, which all threads use. */
  @State(Scope.Benchmark)
  public static class World {
    private final SimulatedAws aws = SimulatedAws.create();
    private final KmsClient kms = aws.kms();
    private final String keyArn =
        kms.createKey(r -> r.customKeyStoreId(aws.keyStoreId()).origin(OriginType.AWS_CLOUDHSM))
            .keyMetadata()
            .arn();
    private final List<SdkBytes> blobs = Stream.generate(this::encrypt).limit(BLOBS).toList();

    private SdkBytes encrypt() {
      return kms.encrypt(
              EncryptRequest.builder()
                  .keyId(keyArn)
                  .plaintext(SdkBytes.fromByteArray(PLAINTEXT))
                  .encryptionContext(CONTEXT)
                  .build())
          .ciphertextBlob();
    }

    private SdkBytes decrypt(SdkBytes ciphertext) {
      return kms.decrypt(
              DecryptRequest.builder()
                  .ciphertextBlob(ciphertext)
                  .encryptionContext(CONTEXT)
                  .build())
          .plaintext();
    }

    /** Wipes the key. */
    @TearDown
    public void close() {
      aws.close();
    }
  }

  /** Encrypt. */
  @Benchmark
  public SdkBytes encrypt(World world) {
    return world.encrypt();
  }

  /** Decrypt; KMS finds the key by the blob. */
  @Benchmark
  public SdkBytes decrypt(World world) {
    return world.decrypt(world.blobs.get(nextBlob()));
  }

  /** What {@link #encrypt} is measured against. */
  @Benchmark
  public byte[] rawEncrypt() {
    return raw.seal(PLAINTEXT);
  }

  /** What {@link #decrypt} is measured against. */
  @Benchmark
  public byte[] rawDecrypt() {
    return raw.open(rawBlobs.get(nextBlob()));
  }

  private int nextBlob() {
    blob = (blob + 1) % BLOBS;
    return blob;
  }
}
