package dev.cks.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where Encrypt spends its time and its memory, as a page: samples of the JDK's flight recorder.
 */
public final class Profile {
  private static final String TIME = "jdk.ExecutionSample";
  private static final String MEMORY = "jdk.ObjectAllocationSample";
  private static final int WARM_UP = 300_000;
  private static final int CALLS = 5_000_000;
  private static final int SHOWN = 12;

  @SuppressWarnings("InlineFormatString") // a page is easier to read by itself
  private static final String TEXT =
      """
      # Where an Encrypt of 32 bytes goes

      <!-- made by dev.cks.bench.Profile, which `mvn -q -Pbench-full package` runs -->

      JDK %s, samples of the flight recorder, by the frame of the cipher or of cks that is nearest to the top of the stack. Code that the compiler has put into its
      caller counts as the caller's.

      | part | CPU |
      |---|--:|
      %s
      | part | allocated |
      |---|--:|
      %s
      What dominates is `Cipher.init`, `updateAAD` and `doFinal`, which raw AES-GCM pays as well. It stays because the platform's cipher is the fastest that
      is there without native code: each `init` copies and compares the key and computes the hash key anew, and no public interface avoids that. Most of
      what is allocated is the cipher's: its state, and copies of key and IV.

      What cks adds: finding the key by its ARN (kept from the call before), the two tables, the header and the context, written where the ciphertext will
      stand; taking a cipher from its key and giving it back, two atomic operations; noting the use. Beyond raw, it allocates 48 bytes more of ciphertext, the
      answer (24), and the context (24; 24 more for `Map.of` on JDK 17, whose entry is made when it is asked for).
      """;

  private Profile() {}

  /** Writes the page into the directory that is the argument. */
  public static void main(String[] args) throws IOException {
    Files.writeString(
        Path.of(args[0]).resolve("profile.md"),
        page(WARM_UP, CALLS, System.getProperty("java.version")));
  }

  static String page(int warmUp, int calls, String jdk) throws IOException {
    List<RecordedEvent> events = record(warmUp, calls);
    return String.format(Locale.ROOT, TEXT, jdk, table(events, TIME), table(events, MEMORY));
  }

  private static List<RecordedEvent> record(int warmUp, int calls) throws IOException {
    CoreBenchmark benchmark = new CoreBenchmark();
    benchmark.size = 32;
    benchmark.pairs = 1;
    benchmark.keys = 1;
    benchmark.prefixes = 1;
    benchmark.setUp();
    CoreBenchmark.Round round = new CoreBenchmark.Round();
    run(benchmark, round, warmUp);
    Path file = Files.createTempFile("cks", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(TIME).with("period", "10 ms");
      recording.enable(MEMORY).with("throttle", "1000/s");
      recording.start();
      run(benchmark, round, calls);
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file);
    } finally {
      Files.delete(file);
      benchmark.close();
    }
  }

  private static void run(CoreBenchmark benchmark, CoreBenchmark.Round round, int calls) {
    for (int i = 0; i < calls; i++) {
      benchmark.encrypt(round);
    }
  }

  private static String table(List<RecordedEvent> events, String type) {
    Map<String, Double> parts = new HashMap<>();
    for (RecordedEvent event : events) {
      if (event.getEventType().getName().equals(type) && event.getStackTrace() != null) {
        double weight = type.equals(MEMORY) ? event.getLong("weight") : 1;
        parts.merge(part(event.getStackTrace().getFrames()), weight, Double::sum);
      }
    }
    double sum = parts.values().stream().mapToDouble(Double::doubleValue).sum();
    StringBuilder table = new StringBuilder();
    parts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .forEach(
            part ->
                table.append(
                    String.format(
                        Locale.ROOT,
                        "| `%s` | %.0f %% |%n",
                        part.getKey(),
                        100 * part.getValue() / sum)));
    return table.toString();
  }

  private static String part(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("dev.cks.") || type.equals("javax.crypto.Cipher")) {
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
      }
    }
    return "other";
  }
}
