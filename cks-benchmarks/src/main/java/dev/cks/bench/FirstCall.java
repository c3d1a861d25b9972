package dev.cks.bench;

import java.io.IOException;
import java.util.Arrays;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The first call through the SDK's generated client in a fresh JVM: building the client and one
 * Encrypt, answered by cks and by canned bytes. The account and its key are there in both, so that
 * the two differ in nothing else.
 */
final class FirstCall {
  private static final String CANNED = "canned";

  private FirstCall() {}

  /** Medians of CPU nanoseconds. */
  record Cpu(double cks, double canned) {}

  /** The two kinds of run take turns, so noise meets both. */
  static Cpu measure(int runs) throws IOException {
    long[] cks = new long[runs];
    long[] canned = new long[runs];
    for (int i = 0; i < runs; i++) {
      cks[i] = inFreshJvm("cks");
      canned[i] = inFreshJvm(CANNED);
    }
    return new Cpu(median(cks), median(canned));
  }

  private static long inFreshJvm(String answeredBy) throws IOException {
    try (OtherJvm jvm = OtherJvm.start(FirstCall.class, answeredBy)) {
      return jvm.saidNumber();
    }
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** Prints what it cost. */
  public static void main(String[] args) {
    try (FrontsWorld world = new FrontsWorld()) {
      boolean canned = args[0].equals(CANNED);
      byte[] answer = FrontsWorld.encryptAnswer(world.keyArn(), new byte[FrontsWorld.BLOB_LENGTH]);
      long before = OtherJvm.ownCpuNanos();
      try (KmsClient kms = canned ? CannedHttpClient.kms(answer) : world.aws().kmsThroughSdk()) {
        var unused = FrontsWorld.encrypt(kms, world.keyArn());
      }
      System.out.println(OtherJvm.ownCpuNanos() - before);
    }
  }
}
