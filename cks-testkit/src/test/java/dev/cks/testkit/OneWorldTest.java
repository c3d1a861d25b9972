package dev.cks.testkit;

import static dev.cks.testkit.assertions.CksAssertions.assertThat;

import dev.cks.local.SimulatedAws;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One world for all tests of a class and of the classes inside it. */
@CustomKeyStoreTest(world = TestInstance.Lifecycle.PER_CLASS)
@Key(alias = "alias/orders")
class OneWorldTest {
  private static SimulatedAws first;
  private final SimulatedAws ofConstructor;

  OneWorldTest(SimulatedAws aws) {
    ofConstructor = aws;
  }

  @BeforeAll
  static void setUp(SimulatedAws aws) {
    first = aws;
  }

  @RepeatedTest(3)
  void tests_shareTheWorld(SimulatedAws aws, TestKey key) {
    assertThat(aws).isSameAs(first).isSameAs(ofConstructor);
    assertThat(key).encrypts();
  }

  @Test
  void check_leavesNoTrace(SimulatedAws aws, TestWorld world) {
    var now = aws.clock().now();
    int events = aws.trail().events().size();

    world.check();

    assertThat(aws.clock().now()).isEqualTo(now);
    assertThat(aws.trail().events()).hasSize(events);
  }

  @Nested
  class Inside {
    @Test
    void nestedTests_shareItToo(SimulatedAws aws) {
      assertThat(aws).isSameAs(first);
    }
  }
}
