package dev.cks.local.doctor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every pair of troubles in both orders: some minutes, so only when asked for. */
final class AllPairsTest {

  @BeforeAll
  static void onlyWhenAskedFor() {
    assumeTrue(
        Boolean.getBoolean("cks.doctor.allPairs"),
        "every pair of troubles takes minutes: -Dcks.doctor.allPairs=true");
  }

  static Stream<Arguments> pairs() {
    return Stream.of(Trouble.values())
        .flatMap(one -> Stream.of(Trouble.values()).map(other -> Arguments.of(one, other)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void twoTroubles_areRepairedWithinFourRounds(Trouble one, Trouble other) {
    PairsProperties.repaired(one, other);
  }
}
