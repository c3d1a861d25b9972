package dev.cks.testkit;

import static dev.cks.testkit.assertions.CksAssertions.assertThat;

import dev.cks.local.SimulatedAws;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;

/** One instance of a test class, and a fresh world for each test all the same. */
@CustomKeyStoreTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneInstanceTest {
  private SimulatedAws before;
  private SimulatedAws ofBeforeEach;

  @BeforeEach
  void setUp(SimulatedAws aws) {
    ofBeforeEach = aws;
  }

  @RepeatedTest(2)
  void sharedInstance_hasAFreshWorldForEachTest(SimulatedAws aws) {
    assertThat(aws).isNotSameAs(before).isSameAs(ofBeforeEach);
    before = aws;
  }
}
