package dev.cks.bench.testkit;

import org.junit.jupiter.api.Test;

/** One test that does nothing. */
final class EmptyClass {
  @Test
  void test() {
  }
}
