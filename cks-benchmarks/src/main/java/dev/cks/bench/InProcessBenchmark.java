package dev.cks.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.EncryptResponse;

/**
 * A warm Encrypt of 32 bytes through the SDK's generated client, signature included: answered in
 * process by cks, and by the same bytes each time. Warmed up by a number of calls and not for some
 * time: on a busy machine there may be few of them in a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g", "-Dslf4j.internal.verbosity=ERROR"})
@Warmup(iterations = 60)
@Measurement(iterations = 20)
public class InProcessBenchmark {
  private static final int CALLS = 1000;

  private final FrontsWorld world = new FrontsWorld();
  private final KmsClient kms = world.aws().kmsThroughSdk();
  private final KmsClient canned =
      CannedHttpClient.kms(
          FrontsWorld.encryptAnswer(
              world.keyArn(),
              FrontsWorld.encrypt(kms, world.keyArn()).ciphertextBlob().asByteArray()));

  /** cks. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public EncryptResponse inProcess() {
    return encrypt(kms);
  }

  /** What {@link #inProcess} is measured against. */
  @Benchmark
  @OperationsPerInvocation(CALLS)
  public EncryptResponse canned() {
    return encrypt(canned);
  }

  private EncryptResponse encrypt(KmsClient client) {
    for (int i = 1; i < CALLS; i++) {
      var unused = FrontsWorld.encrypt(client, world.keyArn());
    }
    return FrontsWorld.encrypt(client, world.keyArn());
  }

  /** Wipes the key. */
  @TearDown
  public void close() {
    canned.close();
    world.close();
  }
}
