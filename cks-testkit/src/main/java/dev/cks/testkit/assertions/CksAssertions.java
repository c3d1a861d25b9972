package dev.cks.testkit.assertions;

import dev.cks.audit.AuditTrail;
import dev.cks.sim.SimulatedCluster;
import dev.cks.testkit.TestKey;
import dev.cks.testkit.TestKeyStore;
import org.assertj.core.api.Assertions;

/**
 * Where assertions begin: AssertJ's own {@code assertThat}, and those of a key store. One static
 * import gives both. Key stores and keys are read through their {@code KmsClient}, so the same
 * assertion works on AWS; each is a call there, and shows in the trail as one.
 */
public class CksAssertions extends Assertions {
  /** Only for classes that extend it, as AssertJ's entry point may be. */
  protected CksAssertions() {}

  /** Begins an assertion on a key store. */
  public static KeyStoreAssert assertThat(TestKeyStore actual) {
    return new KeyStoreAssert(actual);
  }

  /** Begins an assertion on a key. */
  public static KeyAssert assertThat(TestKey actual) {
    return new KeyAssert(actual);
  }

  /** Begins an assertion on a cluster. */
  public static ClusterAssert assertThat(SimulatedCluster actual) {
    return new ClusterAssert(actual);
  }

  /** Begins an assertion on what happened in an account. */
  public static TrailAssert assertThat(AuditTrail actual) {
    return new TrailAssert(actual);
  }
}
