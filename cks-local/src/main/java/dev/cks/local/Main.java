package dev.cks.local;

import java.io.PrintStream;

/**
 * Five incidents of AWS's troubleshooting guide, told step by step: unavailable keys after a
 * disconnect, a cluster that KMS cannot reach, wrong credentials until {@code kmsuser} is locked
 * out, key material that somebody deleted, and one that the doctor finds and repairs. Uses public
 * API only: the first example to read.
 */
public final class Main {
  private Main() {}

  /** Exit status 0 if the story ends as the guide says. */
  public static void main(String[] args) {
    try {
      tell(System.out);
    } catch (RuntimeException surprise) {
      System.out.println("The story took a wrong turn: " + surprise);
      System.exit(1);
    }
  }

  /** Tells the story; throws if it takes a wrong turn. */
  static void tell(PrintStream out) {
    try (SimulatedAws aws = SimulatedAws.builder().withoutKeyStore().build()) {
      new Story(aws, new Narrator(out)).tell();
    }
  }
}
