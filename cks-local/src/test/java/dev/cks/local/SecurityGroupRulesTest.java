package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.network.SecurityGroup.Direction;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;
import software.amazon.awssdk.services.kms.model.KeyState;

/** The rules of a cluster's security group: KMS needs both, of each cluster and at any time. */
class SecurityGroupRulesTest {
  private static final String CONFIGURATION = "CloudHsmClusterInvalidConfigurationException";
  private static final String CANNOT_COMMUNICATE =
      "KMS cannot communicate with your CloudHSM cluster";

  @ParameterizedTest
  @EnumSource(Direction.class)
  void create_withARuleMissing_isRefused_untilItIsPutBack(Direction missing) {
    try (Account account = Account.disconnected()) {
      SimulatedCluster other = account.aws.cloudHsm().cluster().create();
      other.revokeRule(missing);
      assertRefused(
              CONFIGURATION, () -> Account.create(account.kms, "Other", other, Account.PASSWORD))
          .contains("security group");

      other.restoreRule(missing);
      assertThat(Account.create(account.kms, "Other", other, Account.PASSWORD)).isNotBlank();
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void update_toAClusterWithARuleMissing_isRefused_untilItIsPutBack(Direction missing) {
    try (Account account = Account.disconnected()) {
      SimulatedCluster relative =
          account.aws.cloudHsm().cluster().relatedTo(account.cluster).create();
      relative.revokeRule(missing);
      assertRefused(CONFIGURATION, () -> moveTo(account, relative)).contains("security group");
      assertThat(account.describe().cloudHsmClusterId()).isEqualTo(account.cluster.id());

      relative.restoreRule(missing);
      moveTo(account, relative);
      assertThat(account.describe().cloudHsmClusterId()).isEqualTo(relative.id());
    }
  }

  private static void moveTo(Account account, SimulatedCluster cluster) {
    account.kms.updateCustomKeyStore(
        r -> r.customKeyStoreId(account.store).cloudHsmClusterId(cluster.id()));
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void connect_withARuleMissing_isRefusedAtOnce_untilItIsPutBack(Direction missing) {
    try (Account account = Account.disconnected()) {
      account.cluster.revokeRule(missing);
      assertRefused(CONFIGURATION, account::connect).contains("security group");
      assertThat(account.connection()).isEqualTo(ConnectionStateType.DISCONNECTED);
      assertThat(account.errorCode()).isNull();

      account.cluster.restoreRule(missing);
      account.connect(); // no disconnect needed
      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void createKey_withARuleMissing_isRefused_untilItIsPutBack(Direction missing) {
    try (Account account = Account.connected()) {
      account.cluster.revokeRule(missing);
      assertRefused(CONFIGURATION, account::customKey).contains("security group");
      assertThat(account.kms.listKeys().keys()).isEmpty();

      account.cluster.restoreRule(missing);
      assertThat(account.decrypt(account.encrypt(account.customKey(), "works"))).isEqualTo("works");
    }
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void use_whileTrafficIsBlocked_cannotCommunicate_untilTheRuleIsRepaired(Direction missing) {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      var ciphertext = account.encrypt(key, "works");
      account.cluster.revokeRule(missing);

      for (int hour = 0; hour < 3; hour++) {
        cannotCommunicate(() -> account.encrypt(key, "x"));
        cannotCommunicate(() -> account.decrypt(ciphertext));
        cannotCommunicate(
            () ->
                account.kms.generateRandom(
                    r -> r.customKeyStoreId(account.store).numberOfBytes(8)));
        assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
        assertThat(account.keyState(key)).isEqualTo(KeyState.ENABLED);
        account.aws.clock().advance(Duration.ofHours(1));
      }

      account.cluster.restoreRule(missing);
      assertThat(account.decrypt(ciphertext)).isEqualTo("works");
    }
  }

  private static void cannotCommunicate(Runnable use) {
    assertRefused("KMSInvalidStateException", use::run).isEqualTo(CANNOT_COMMUNICATE);
  }
}
