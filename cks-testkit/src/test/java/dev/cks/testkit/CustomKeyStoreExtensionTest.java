package dev.cks.testkit;

import static dev.cks.domain.keystore.ConnectionErrorCode.INVALID_CREDENTIALS;
import static dev.cks.domain.keystore.ConnectionErrorCode.USER_LOCKED_OUT;
import static dev.cks.domain.keystore.ConnectionState.DISCONNECTED;
import static dev.cks.domain.keystore.ConnectionState.FAILED;
import static dev.cks.testkit.assertions.CksAssertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.cks.audit.AuditTrail;
import dev.cks.domain.key.KeyState;
import dev.cks.local.SimulatedAws;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.VirtualClock;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsAsyncClient;
import software.amazon.awssdk.services.kms.KmsClient;

/** The extension as users use it: what they get, in every kind of test that JUnit has. */
@CustomKeyStoreTest
class CustomKeyStoreExtensionTest {
  private static final SdkBytes TEXT = SdkBytes.fromUtf8String("four and twenty");

  private final SimulatedAws ofConstructor;
  private SimulatedAws ofBeforeEach;

  CustomKeyStoreExtensionTest(SimulatedAws aws) {
    ofConstructor = aws;
  }

  @BeforeEach
  void setUp(SimulatedAws aws) {
    ofBeforeEach = aws;
  }

  @Test
  void everyPart_isOfOneWorld(
      KmsClient kms,
      @ThroughSdk KmsClient generated,
      KmsAsyncClient async,
      CloudHsmV2Client cloudHsm,
      CloudTrailClient cloudTrail,
      SimulatedAws aws,
      SimulatedCluster cluster,
      VirtualClock clock,
      AuditTrail trail,
      TestKeyStore store,
      TestKey key,
      TestWorld world) {
    assertThat(List.of(ofConstructor, ofBeforeEach, world.aws())).containsOnly(aws);
    assertThat(kms).isSameAs(aws.kms()).isNotSameAs(generated);
    SdkBytes ciphertext =
        async.encrypt(r -> r.keyId(key.id()).plaintext(TEXT)).join().ciphertextBlob();
    assertThat(generated.decrypt(r -> r.ciphertextBlob(ciphertext)).plaintext()).isEqualTo(TEXT);
    assertThat(cloudHsm.describeClusters().clusters())
        .singleElement()
        .satisfies(one -> assertThat(one.clusterId()).isEqualTo(cluster.id()));
    assertThat(cloudTrail.lookupEvents().events()).isNotEmpty();
    assertThat(clock).isSameAs(aws.clock());
    assertThat(trail).recorded("Encrypt").about(key).once();
    assertThat(store).isConnected().hasKeyCount(1);
    assertThat(key).isEnabled().encrypts();
  }

  @RepeatedTest(2)
  void repeatedTest_hasAFreshWorld(TestKeyStore store, TestKey key) {
    assertThat(key).isEnabled();
    assertThat(store).hasKeyCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "two"})
  void parameterizedTest_hasItsArgumentsAndAFreshWorld(
      String text, TestKeyStore store, TestKey key) {
    assertThat(text).hasSize(3);
    assertThat(key).isEnabled();
    assertThat(store).hasKeyCount(1);
  }

  @TestFactory
  List<DynamicTest> testFactory_sharesItsWorld(TestKeyStore store, TestKey key) {
    return List.of(
        dynamicTest("first", () -> assertThat(key).encrypts()),
        dynamicTest("second", () -> assertThat(store).hasKeyCount(1)));
  }

  @Test
  void otherParameters_areOthersBusiness(TestInfo info) {
    assertThat(info.getDisplayName()).startsWith("otherParameters");
  }

  @Test
  void trail_beginsWithTheTest(AuditTrail trail) {
    assertThat(trail).isEmpty();
  }

  @Test
  @KeyStore(state = FAILED, code = USER_LOCKED_OUT)
  @Key(alias = "alias/orders")
  @Key(alias = "alias/old", state = KeyState.PENDING_DELETION)
  void declaredWorld_isThere_andIsRepairedAsOnAws(
      TestKeyStore store,
      @Alias("alias/orders") TestKey orders,
      @Alias("alias/old") TestKey old,
      SimulatedCluster cluster) {
    assertThat(store).isFailedWith(USER_LOCKED_OUT).hasKeyCount(2);
    assertThat(orders).isUnavailable().refusesToEncryptWith("KMSInvalidStateException");
    assertThat(old).isPendingDeletion();
    assertThat(cluster).userIsLocked("kmsuser");

    cluster.changePassword("kmsuser", "newPswd01");
    store.disconnect();
    store.updatePassword("newPswd01");
    store.connect();

    assertThat(store).isConnected();
    assertThat(orders).isEnabled().encrypts();
    assertThat(cluster).userIsNotLocked("kmsuser").userIsLoggedIn("kmsuser");
  }

  @Test
  @Key(state = KeyState.DISABLED)
  void disabledKey_isDisabled(TestKey key) {
    assertThat(key).isDisabled().refusesToEncryptWith("DisabledException");
  }

  @Retention(RetentionPolicy.RUNTIME)
  @KeyStore(state = DISCONNECTED)
  @Key(alias = "alias/orders", state = KeyState.UNAVAILABLE)
  @interface Outage {}

  @Test
  @Outage
  void composedAnnotation_counts(TestKeyStore store, @Alias("alias/orders") TestKey key) {
    assertThat(store).isDisconnected();
    assertThat(key).isUnavailable();
  }

  @Nested
  @KeyStore(state = FAILED, code = INVALID_CREDENTIALS)
  @Key(alias = "alias/orders")
  class OfNestedClass {
    @Test
    void nestedClass_hasItsOwnState(TestKeyStore store, TestKey orders, SimulatedAws aws) {
      assertThat(store).isFailedWith(INVALID_CREDENTIALS);
      assertThat(orders).isUnavailable();
      assertThat(aws).isSameAs(ofBeforeEach);
    }

    @Test
    @KeyStore
    void method_isNearer(TestKeyStore store, @Alias("alias/orders") TestKey orders) {
      assertThat(store).isConnected();
      assertThat(orders).encrypts();
    }

    @Nested
    @CustomKeyStoreTest(
        nodes = 5,
        zones = {"us-east-1a", "us-east-1d"},
        seed = 7)
    class InsideOfIt {
      @Test
      void nearestAnnotation_counts(SimulatedCluster cluster, TestWorld world) {
        assertThat(cluster).hasActiveHsms(5);
        assertThat(cluster.facts().subnets()).hasSize(2);
        assertThat(world.seed()).isEqualTo(7);
        assertThat(world.keyStore()).isFailedWith(INVALID_CREDENTIALS);
      }
    }
  }
}
