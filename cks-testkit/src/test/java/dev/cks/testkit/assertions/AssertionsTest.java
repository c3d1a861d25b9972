package dev.cks.testkit.assertions;

import static dev.cks.domain.keystore.ConnectionErrorCode.NETWORK_ERRORS;
import static dev.cks.domain.keystore.ConnectionErrorCode.USER_LOCKED_OUT;
import static dev.cks.testkit.assertions.CksAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cks.audit.AuditTrail;
import dev.cks.domain.keystore.ConnectionState;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.VirtualClock;
import dev.cks.testkit.CustomKeyStoreTest;
import dev.cks.testkit.Key;
import dev.cks.testkit.KeyStore;
import dev.cks.testkit.TestKey;
import dev.cks.testkit.TestKeyStore;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;

/** Each assertion holds when it should, and says what it found when it does not. */
@CustomKeyStoreTest
class AssertionsTest {
  private static final String KMSUSER = SimulatedCluster.KMSUSER;

  private static void fails(ThrowingCallable assertion, String... messageParts) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .withMessageContainingAll(messageParts);
  }

  @Test
  void connectedStore(TestKeyStore store) {
    assertThat(store).isConnected().hasKeyCount(0).isIn(ConnectionState.CONNECTED);

    String is = "but it is CONNECTED";
    fails(() -> assertThat(store).isDisconnected(), store.id(), "to be DISCONNECTED", is);
    fails(() -> assertThat(store).isConnecting(), "to be CONNECTING", is);
    fails(() -> assertThat(store).isDisconnecting(), "to be DISCONNECTING", is);
    fails(() -> assertThat(store).isFailed(), "to be FAILED", is);
    fails(() -> assertThat(store).isFailedWith(NETWORK_ERRORS), "FAILED with NETWORK_ERRORS", is);
    fails(() -> assertThat(store).hasKeyCount(1), "to hold 1 keys, but it holds 0");
    fails(() -> assertThat(store).as("the store").isFailed(), "[the store]");
  }

  @Test
  @KeyStore(state = ConnectionState.FAILED, code = NETWORK_ERRORS)
  void failedStore(TestKeyStore store) {
    assertThat(store)
        .isFailed()
        .isFailedWith(NETWORK_ERRORS)
        .isFailedWith(ConnectionErrorCodeType.NETWORK_ERRORS);

    fails(
        () -> assertThat(store).isFailedWith(USER_LOCKED_OUT),
        "to be FAILED with USER_LOCKED_OUT, but it is FAILED with NETWORK_ERRORS");
    fails(() -> assertThat(store).isConnected(), "but it is FAILED with NETWORK_ERRORS");

    store.disconnect();
    fails(
        () -> assertThat(store).isFailedWith(NETWORK_ERRORS),
        "but it is DISCONNECTED with NETWORK_ERRORS");
  }

  @Test
  @KeyStore(state = ConnectionState.CONNECTING)
  void storeThatConnects(TestKeyStore store, VirtualClock clock) {
    assertThat(store).isConnecting();

    clock.advance(Duration.ofMinutes(20));
    assertThat(store).isConnected();

    store.disconnect();
    assertThat(store).isDisconnecting();
  }

  @Test
  void keyInEachState(KmsClient kms, TestKey key, TestKeyStore store, VirtualClock clock) {
    SdkBytes ciphertext =
        kms.encrypt(r -> r.keyId(key.id()).plaintext(SdkBytes.fromUtf8String("x")))
            .ciphertextBlob();
    assertThat(key).isEnabled().encrypts().decrypts(ciphertext);
    fails(() -> assertThat(key).isDisabled(), key.arn(), "to be Disabled, but it is Enabled");
    fails(() -> assertThat(key).doesNotEncrypt(), "not to encrypt, but it does");
    fails(() -> assertThat(key).refusesToEncryptWith("DisabledException"), "but it encrypts");
    fails(() -> assertThat(key).isDeleted(), "to be deleted, but it is Enabled");

    kms.disableKey(r -> r.keyId(key.id()));
    assertThat(key).isDisabled().doesNotEncrypt().refusesToEncryptWith("DisabledException");
    fails(() -> assertThat(key).encrypts(), "to encrypt, but it answers DisabledException: ");
    fails(() -> assertThat(key).decrypts(ciphertext), "but it answers DisabledException: ");
    fails(
        () -> assertThat(key).refusesToEncryptWith("KMSInvalidStateException"),
        "to refuse with KMSInvalidStateException, but it answers DisabledException");

    store.disconnect();
    assertThat(key).isUnavailable();

    kms.scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));
    assertThat(key).isPendingDeletion();
    fails(() -> assertThat(key).isEnabled(), "to be Enabled, but it is PendingDeletion");

    clock.advance(Duration.ofDays(7));
    assertThat(key).isDeleted();
  }

  @Test
  void hsmsAndUsers(SimulatedCluster cluster) {
    assertThat(cluster).hasActiveHsms(3).hasUser(KMSUSER).userIsLoggedIn(KMSUSER);
    assertThat(cluster).userIsNotLocked(KMSUSER).hasNoUser("nobody");
    fails(() -> assertThat(cluster).userIsLocked(KMSUSER), "to have locked out the user kmsuser");
    fails(() -> assertThat(cluster).userIsNotLoggedIn(KMSUSER), "not to have logged in");
    fails(() -> assertThat(cluster).hasUser("nobody"), "to know the user nobody", "unknown");
    fails(() -> assertThat(cluster).hasNoUser(KMSUSER), "not to know the user kmsuser");

    cluster.stopNode("us-east-1a");
    assertThat(cluster).hasActiveHsms(2);
    fails(() -> assertThat(cluster).hasActiveHsms(3), "3 active HSMs, but it has 2 of 3");
  }

  @Test
  @KeyStore(state = ConnectionState.FAILED, code = USER_LOCKED_OUT)
  void lockedUser(SimulatedCluster cluster) {
    assertThat(cluster).userIsLocked(KMSUSER).userIsNotLoggedIn(KMSUSER);
    fails(() -> assertThat(cluster).userIsNotLocked(KMSUSER), "not to have locked out");
    fails(() -> assertThat(cluster).userIsLoggedIn(KMSUSER), "to have logged in the user kmsuser");
  }

  @Test
  @Key(alias = "alias/orders")
  void material(TestKey key, TestKeyStore store, SimulatedCluster cluster, VirtualClock clock) {
    assertThat(cluster).hasMaterialOf(key).hasNoOrphans(store);
    fails(() -> assertThat(cluster).hasNoMaterialOf(key), "Expecting no HSM", key.arn());
    fails(() -> assertThat(cluster).hasOrphans(store), "but there is none");
    fails(() -> assertThat(cluster).hasOrphans(store, key), key.arn(), "but it has");

    // KMS cannot reach the HSMs when the window ends, and deletes the key all the same
    key.kms().scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));
    store.disconnect();
    clock.advance(Duration.ofDays(7));

    assertThat(key).isDeleted();
    assertThat(cluster).hasOrphans(store).hasOrphans(store, key);
    fails(() -> assertThat(cluster).hasNoOrphans(store), "but it holds", key.arn());

    cluster.deleteKey(key.arn());
    assertThat(cluster).hasNoOrphans(store).hasNoMaterialOf(key);
    fails(() -> assertThat(cluster).hasMaterialOf(key), "to have the material of " + key.arn());
  }

  @Test
  void trail(AuditTrail trail, TestKey key, TestKeyStore store, KmsClient kms, VirtualClock clock) {
    store.disconnect();
    assertThat(key).doesNotEncrypt();
    store.connect();
    kms.scheduleKeyDeletion(r -> r.keyId(key.id()).pendingWindowInDays(7));
    clock.advance(Duration.ofDays(7));

    assertThat(trail).recorded("Encrypt").about(key).failedWith("KMSInvalidStateException").once();
    assertThat(trail)
        .recorded("ConnectCustomKeyStore")
        .withRequestParameter("customKeyStoreId", store.id())
        .by("arn:aws:iam::111122223333:root")
        .succeeded()
        .times(1);
    assertThat(trail).recorded("DeleteKey").about(key.arn()).byTheService();
    assertThat(trail).neverRecorded("EnableKey");
    assertThat(trail).recorded("DeleteKey").that("that is not a call", e -> e.requestId() == null);

    fails(() -> assertThat(trail).isEmpty(), "Expecting no event", "DeleteKey");
    fails(() -> assertThat(trail).recorded("EnableKey"), "Expecting an event EnableKey", "Encrypt");
    fails(
        () -> assertThat(trail).neverRecorded("Encrypt"), "Expecting no event Encrypt", key.arn());
    fails(
        () -> assertThat(trail).recorded("Encrypt").succeeded(),
        "Expecting an event Encrypt that succeeded, but there are",
        "KMSInvalidStateException");
    fails(
        () -> assertThat(trail).recorded("Encrypt").about(key).times(2),
        "Expecting 2 events Encrypt about " + key.arn() + ", but there are 1");
    fails(
        () -> assertThat(trail).recorded("DeleteKey").withAdditionalData("clusterId", "none"),
        "with clusterId = none");
  }
}
