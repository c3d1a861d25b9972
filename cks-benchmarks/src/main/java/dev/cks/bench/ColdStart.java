package dev.cks.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.cks.local.SimulatedAws;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.OriginType;

/**
 * What a test suite pays for the first use of cks in its JVM: the CPU time of all threads, compiler
 * and collector included, less that of a JVM which does nothing.
 */
public final class ColdStart {
  private static final int RUNS = 11;
  private static final Duration BAR = Duration.ofMillis(250);

  private ColdStart() {}

  /** Prints the figure. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.out.printf(
        Locale.ROOT,
        "cold start: %d ms CPU (bar %d ms)%n",
        measure(RUNS).toMillis(),
        BAR.toMillis());
  }

  /** The difference of the medians; the two kinds of run take turns, so noise meets both. */
  static Duration measure(int runs) throws IOException, InterruptedException {
    long[] nothing = new long[runs];
    long[] firstUse = new long[runs];
    for (int i = 0; i < runs; i++) {
      nothing[i] = cpuNanos(Nothing.class);
      firstUse[i] = cpuNanos(FirstUse.class);
    }
    return Duration.ofNanos(median(firstUse) - median(nothing));
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static long cpuNanos(Class<?> main) throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    if (jvm.waitFor() != 0) {
      throw new IllegalStateException(main.getName() + " ended with " + jvm.exitValue());
    }
    return Long.parseLong(said.strip());
  }

  private static void printOwnCpu() {
    System.out.println(
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime());
  }

  /** The JVM alone. */
  static final class Nothing {
    private Nothing() {}

    public static void main(String[] args) {
      printOwnCpu();
    }
  }

  /** A world, a key in it, and one round trip. */
  static final class FirstUse {
    private FirstUse() {}

    public static void main(String[] args) {
      roundTrip("first use");
      printOwnCpu();
    }

    static String roundTrip(String secret) {
      try (SimulatedAws aws = SimulatedAws.create()) {
        KmsClient kms = aws.kms();
        String keyId =
            kms.createKey(r -> r.customKeyStoreId(aws.keyStoreId()).origin(OriginType.AWS_CLOUDHSM))
                .keyMetadata()
                .keyId();
        Map<String, String> context = Map.of("purpose", "benchmark");
        SdkBytes ciphertext =
            kms.encrypt(
                    r ->
                        r.keyId(keyId)
                            .plaintext(SdkBytes.fromUtf8String(secret))
                            .encryptionContext(context))
                .ciphertextBlob();
        return kms.decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(context))
            .plaintext()
            .asUtf8String();
      }
    }
  }
}
