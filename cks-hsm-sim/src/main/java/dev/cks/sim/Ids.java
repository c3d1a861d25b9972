package dev.cks.sim;

import dev.cks.sim.time.SeededStream;
import java.util.HexFormat;

/** Ids as the CloudHSM service gives them. Thread-safe. */
final class Ids {
  private static final String ALPHABET =
      "234567abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final SeededStream random;

  Ids(SeededStream random) {
    this.random = random;
  }

  String cluster() {
    return "cluster-" + letters(11);
  }

  String hsm() {
    return "hsm-" + letters(11);
  }

  String backup() {
    return "backup-" + letters(11);
  }

  /** In the shape of a certificate's fingerprint. */
  String lineage() {
    return "sha256:" + hex(32);
  }

  private String letters(int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private String hex(int bytes) {
    byte[] drawn = new byte[bytes];
    random.fill(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
