package dev.cks.testkit;

import static dev.cks.testkit.assertions.CksAssertions.assertThat;

import dev.cks.local.SimulatedAws;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in a field, with one world for the class. */
class RegisteredPerClassTest {
  @RegisterExtension
  static final CustomKeyStoreExtension AWS = CustomKeyStoreExtension.perClass(world -> world);

  private static SimulatedAws before;

  @RepeatedTest(2)
  void world_isShared(SimulatedAws aws) {
    assertThat(before == null || before == aws).isTrue();
    before = aws;
  }
}
