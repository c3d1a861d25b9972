package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.model.CustomKeyStoresListEntry;
import software.amazon.awssdk.services.kms.model.UpdateCustomKeyStoreRequest;

/** What an update changes, and on which conditions (spec D.6). */
class UpdateKeyStoreTest {

  private static final String INVALID_CONFIGURATION =
      "CloudHsmClusterInvalidConfigurationException";

  private void update(Account account, UnaryOperator<UpdateCustomKeyStoreRequest.Builder> change) {
    account.kms.updateCustomKeyStore(
        change
            .apply(UpdateCustomKeyStoreRequest.builder().customKeyStoreId(account.store))
            .build());
  }

  private void moveTo(Account account, SimulatedCluster cluster) {
    update(account, r -> r.cloudHsmClusterId(cluster.id()));
  }

  @Test
  void update_toTakenName_isRefused() {
    try (Account account = Account.disconnected()) {
      account.anotherStore("Taken");

      assertRefused(
              "CustomKeyStoreNameInUseException",
              () -> update(account, r -> r.newCustomKeyStoreName("Taken")))
          .contains("Taken");
    }
  }

  @Test
  void update_name_givesTheOldOneFree() {
    try (Account account = Account.disconnected()) {
      update(account, r -> r.newCustomKeyStoreName("Renamed"));

      assertThat(account.anotherStore(SimulatedAws.KEY_STORE_NAME)).isNotEqualTo(account.store);
    }
  }

  @Test
  void update_ofNothing_isAccepted() {
    try (Account account = Account.disconnected()) {
      CustomKeyStoresListEntry before = account.describe();

      update(account, r -> r);

      assertThat(account.describe()).isEqualTo(before);
    }
  }

  @Test
  void update_toClusterThatDoesNotFit_isRefusedAndChangesNothing() {
    try (Account account = Account.disconnected()) {
      var hsm = account.aws.cloudHsm();
      CustomKeyStoresListEntry before = account.describe();

      assertRefused(
              "CloudHsmClusterNotFoundException",
              () ->
                  update(
                      account,
                      r ->
                          r.cloudHsmClusterId("cluster-abcdefghijk")
                              .newCustomKeyStoreName("Renamed")))
          .isNotBlank();
      assertRefused(
              "CloudHsmClusterNotRelatedException", () -> moveTo(account, hsm.cluster().create()))
          .isNotBlank();
      assertRefused(
              "CloudHsmClusterNotActiveException",
              () ->
                  moveTo(
                      account,
                      hsm.cluster()
                          .relatedTo(account.cluster)
                          .state(ClusterState.INITIALIZED)
                          .create()))
          .isNotBlank();
      assertRefused(
              INVALID_CONFIGURATION,
              () -> moveTo(account, hsm.cluster().relatedTo(account.cluster).nodes(1).create()))
          .isNotBlank();
      assertRefused(
              INVALID_CONFIGURATION,
              () ->
                  moveTo(
                      account,
                      hsm.cluster()
                          .relatedTo(account.cluster)
                          .zones("us-east-1a")
                          .nodes(2)
                          .create()))
          .isNotBlank();

      assertThat(account.describe()).isEqualTo(before);
    }
  }

  @Test
  void update_ofPassword_tellsKmsOnly() {
    try (Account account = Account.disconnected()) {
      account.tell("another1");
      account.connect();

      assertThat(account.errorCode()).hasToString("INVALID_CREDENTIALS");
    }
  }
}
