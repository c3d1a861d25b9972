package dev.cks.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a JUnit class a simulated account with a connected custom key store, and hands
 * its parts to whoever asks for them by the type of a parameter:
 *
 * <pre>{@code
 * @CustomKeyStoreTest
 * class OrdersTest {
 *   @Test
 *   void order_isReadable(KmsClient kms, TestKey key) { ... }
 *
 *   @Test
 *   @KeyStore(state = FAILED, code = USER_LOCKED_OUT)
 *   @Key(alias = "alias/orders")
 *   void order_isKept_whileKmsIsLockedOut(KmsClient kms) { ... }
 * }
 * }</pre>
 *
 * <p>The parameters are {@code KmsClient} (with {@link ThroughSdk} the SDK's generated one), {@code
 * KmsAsyncClient}, {@code CloudHsmV2Client}, {@code CloudTrailClient}, {@code SimulatedAws}, {@code
 * SimulatedCluster}, {@code VirtualClock}, {@code AuditTrail}, {@link TestKeyStore}, {@link
 * TestKey} and {@link TestWorld}; of constructors, lifecycle methods and tests.
 *
 * <p>After each test its world is checked ({@link TestWorld#check}). When a test fails, its failure
 * carries the seed, what happened, and the line that replays it. Nested classes share it; the
 * nearest annotation counts. Tests may run in parallel.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(CustomKeyStoreExtension.class)
public @interface CustomKeyStoreTest {

  /**
   * The seed of ids, passwords and key material. JUnit's configuration parameter {@code cks.seed},
   * for example {@code mvn test -Dcks.seed=42}, comes before it.
   */
  long seed() default TestWorld.Builder.SEED;

  /** How many HSMs the cluster has, 2 to 28. */
  int nodes() default TestWorld.Builder.NODES;

  /** The Availability Zones, two at least; three of the Region by default. */
  String[] zones() default {};

  /** Whether each test gets a fresh world, or all tests of the class share one. */
  Lifecycle world() default Lifecycle.PER_METHOD;
}
