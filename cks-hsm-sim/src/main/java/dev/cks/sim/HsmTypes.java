package dev.cks.sim;

import dev.cks.sim.api.ClusterMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The types of HSM there are, and what goes with which. */
final class HsmTypes {
  /** FIPS 140-2, FIPS mode only. */
  static final String FIRST = "hsm1.medium";

  /** FIPS 140-3, both modes. */
  static final String SECOND = "hsm2m.medium";

  private static final List<String> ALL = List.of(FIRST, SECOND);

  private HsmTypes() {}

  static void requireKnown(String type) {
    if (!ALL.contains(type)) {
      throw Refusal.invalid("The HSM type " + type + " is not supported.");
    }
  }

  static ClusterMode modeFor(String type, @Nullable ClusterMode wanted) {
    if (type.equals(FIRST) && wanted == ClusterMode.NON_FIPS) {
      throw Refusal.invalid("Clusters of type " + FIRST + " have the mode FIPS only.");
    }
    return wanted == null ? ClusterMode.FIPS : wanted;
  }
}
