package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static dev.cks.local.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KmsException;

/** Failing although the store is CONNECTED and the key Enabled (spec B.8). */
class AlthoughConnectedTest {
  private static final String INVALID_STATE = "KMSInvalidStateException";

  private static final String NO_ANSWER = "KMS cannot communicate with your CloudHSM cluster";

  private void assertStillGreen(Account account, String key) {
    assertThat(account.connection()).hasToString("CONNECTED");
    assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
  }

  @Test
  void cutNetwork_isTold_andARetrySucceedsOnceItIsBack() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "kept");
      account.cluster.cutNetwork();

      for (int retry = 0; retry < 3; retry++) {
        KmsException refusal = refusal(INVALID_STATE, () -> account.encrypt(key, "x"));
        assertThat(refusal.awsErrorDetails().errorMessage()).isEqualTo(NO_ANSWER);
        assertThat(refusal.statusCode()).isEqualTo(400);
      }
      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isEqualTo(NO_ANSWER);
      assertRefused(
              INVALID_STATE,
              () ->
                  account.kms.generateRandom(
                      r -> r.numberOfBytes(1).customKeyStoreId(account.store)))
          .isEqualTo(NO_ANSWER);
      assertStillGreen(account, key);

      account.cluster.restoreNetwork();
      assertThat(account.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void oneReachableHsm_isEnough() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      account.cluster.partition("us-east-1a");
      account.cluster.stopNode("us-east-1b");

      assertThat(account.decrypt(account.encrypt(key, "one"))).isEqualTo("one");
    }
  }

  @Test
  void allHsmsStopped_isTold_andARetrySucceedsOnceOneRuns() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "kept");
      account.hsms().forEach(account.cluster::stopNode);

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();
      assertStillGreen(account, key);

      account.cluster.startNode("us-east-1b");
      assertThat(account.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void allHsmsDeleted_isTold_andANewHsmRepairsIt() {
    try (Account account = Account.connected()) {
      SdkBytes blob = account.encrypt(account.customKey(), "kept");
      account.hsms().forEach(account.cluster::removeHsm);

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();

      account.cluster.addHsm("us-east-1c");
      assertThat(account.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void deletedCluster_isTold() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "lost");
      account.aws.cloudHsm().deleteCluster(account.cluster.id());

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();
      assertStillGreen(account, key);
      assertRefused("CloudHsmClusterInvalidConfigurationException", account::customKey)
          .isNotBlank();
    }
  }

  @Test
  void exhaustedSessions_areAServerFault_andEndWithTheBurst() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "kept");
      account.cluster.occupySessions(1024);

      KmsException refusal = refusal("KMSInternalException", () -> account.decrypt(blob));
      assertThat(refusal.awsErrorDetails().errorMessage()).contains("PKCS #11 sessions");
      assertThat(refusal.statusCode()).isEqualTo(500);
      assertRefused(
              "KMSInternalException",
              () ->
                  account.kms.generateRandom(
                      r -> r.numberOfBytes(1).customKeyStoreId(account.store)))
          .contains("PKCS #11 sessions");
      assertStillGreen(account, key);

      account.cluster.occupySessions(1023);
      assertThat(account.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void deletedMaterial_isTold_andTheKeyBecomesUnavailable() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String other = account.customKey();
      SdkBytes blob = account.encrypt(key, "lost");
      account.cluster.deleteKey(key);
      assertThat(account.keyState(key)).as("nobody has used it yet").isEqualTo(KeyState.ENABLED);

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isEqualTo(key + " is unavailable.");

      assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
      assertThat(account.keyState(other)).isEqualTo(KeyState.ENABLED);
      assertThat(account.connection()).hasToString("CONNECTED");

      account.disconnect();
      account.connect();
      assertThat(account.keyState(key)).as("a new connection").isEqualTo(KeyState.ENABLED);
      assertRefused(INVALID_STATE, () -> account.encrypt(key, "x")).isNotBlank();
      assertThat(account.keyState(key)).isEqualTo(KeyState.UNAVAILABLE);
    }
  }

  @Test
  void deletedMaterial_withKeyStateIgnoresMaterial_leavesTheState() {
    try (Account account = Account.connected(plan -> plan.keyStateIgnoresMaterial(true))) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "lost");
      account.cluster.deleteKey(key);

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isNotBlank();

      assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
    }
  }

  @Test
  void materialThatMightBeOnAnHsmOutOfReach_isNotCalledDeleted() {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      SdkBytes blob = account.encrypt(key, "kept");
      account.cluster.partition("us-east-1c");
      account.cluster.deleteKey(key);

      assertRefused(INVALID_STATE, () -> account.decrypt(blob)).isEqualTo(NO_ANSWER);
      assertStillGreen(account, key);

      account.cluster.heal("us-east-1c");
      assertThat(account.decrypt(blob)).isEqualTo("kept");
    }
  }

  @Test
  void oneKeysTrouble_isNotAnothers() {
    try (Account account = Account.connected()) {
      String standard = account.standardKey();
      account.cluster.cutNetwork();

      assertThat(account.decrypt(account.encrypt(standard, "fine"))).isEqualTo("fine");
    }
  }
}
