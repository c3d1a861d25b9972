package dev.cks.service;

import static dev.cks.service.MemoryCluster.hsm;
import static dev.cks.service.MemoryCluster.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.domain.keystore.ConnectionState;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.domain.secret.SecretBytes;
import dev.cks.service.KeyStoreRequests.Create;
import dev.cks.service.KeyStoreRequests.Describe;
import dev.cks.service.KeyStoreRequests.Description;
import dev.cks.service.KeyStoreRequests.Update;
import dev.cks.spi.ClusterFacts.ClusterState;
import dev.cks.spi.ClusterFacts.HsmState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CreateCustomKeyStore, UpdateCustomKeyStore, DeleteCustomKeyStore, DescribeCustomKeyStores. */
class KeyStoreServiceTest {
  private static final String TOO_FEW_HSMS =
      "CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must contain active HSMs in"
          + " at least two Availability Zones";
  private static final String TOO_FEW_SUBNETS =
      "CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must have private subnets in"
          + " at least two Availability Zones";
  private static final String PORTS =
      "CloudHsmClusterInvalidConfigurationException: The security group of the CloudHSM cluster"
          + " must have inbound and outbound rules that allow TCP traffic on ports 2223-2225";
  private static final String NOT_FOUND =
      "CustomKeyStoreNotFoundException: The custom key store does not exist in this account and"
          + " Region.";
  private static final String NO_CLUSTER =
      "CloudHsmClusterNotFoundException: There is no CloudHSM cluster cluster-9 in this account and"
          + " Region.";
  private static final String TAKEN =
      "CustomKeyStoreNameInUseException: The custom key store name orders is already in use in this"
          + " account and Region.";

  private final TestAccount account = new TestAccount();
  private final KeyStoreService stores = account.kms.keyStores();

  @AfterEach
  void close() {
    account.close();
  }

  private String create(Create request) {
    return account.outcome(() -> stores.create(request, account.caller()));
  }

  private String update(Update request) {
    return account.outcome(() -> stores.update(request, account.caller()));
  }

  private Description described(String id) {
    return stores.describe(Describe.byId(id), account.caller()).items().get(0);
  }

  private static Create asked(UnaryOperator<Wish> change) {
    return change.apply(Wish.FITTING).request();
  }

  /** A request that would succeed, to be spoilt. */
  private record Wish(String name, String type, String cluster, String anchor, String password) {
    static final Wish FITTING =
        new Wish("orders", null, "cluster-1", "PEM of family", MemoryCluster.FIRST_PASSWORD);

    Wish named(String other) {
      return new Wish(other, type, cluster, anchor, password);
    }

    Wish typed(String other) {
      return new Wish(name, other, cluster, anchor, password);
    }

    Wish on(String other) {
      return new Wish(name, type, other, anchor, password);
    }

    Wish anchored(String other) {
      return new Wish(name, type, cluster, other, password);
    }

    Wish opened(String other) {
      return new Wish(name, type, cluster, anchor, other);
    }

    Create request() {
      return new Create(
          name, type, cluster, anchor, password == null ? null : SecretBytes.ofText(password));
    }
  }

  @Test
  void create_onFittingCluster_isDisconnected_andShowsWhatItWasGiven() {
    String id = stores.create(asked(wish -> wish.typed("AWS_CLOUDHSM")), account.caller());

    assertThat(described(id))
        .isEqualTo(
            new Description(
                new KeyStoreId(id),
                "orders",
                "cluster-1",
                "PEM of family",
                ConnectionState.DISCONNECTED,
                null,
                ManualTime.START.plusSeconds(1)));
    assertThat(account.cluster.calls()).as("nobody logs in yet").isEmpty();
    assertThat(stores.has(id)).isTrue();
    assertThat(stores.has(TestAccount.NO_STORE)).isFalse();
  }

  @Test
  void create_twice_givesTwoIds() {
    account.addCluster("cluster-2", "another family");
    String first = account.store();
    String second =
        stores.create(
            TestAccount.newStore("payments", account.clusters.get("cluster-2")), account.caller());

    assertThat(second).isNotEqualTo(first).matches("cks-[0-9a-f]{17}");
  }

  @Test
  void create_withoutAParameter_orOfAnotherType_isRefused() {
    assertThat(create(asked(wish -> wish.typed("EXTERNAL_KEY_STORE"))))
        .isEqualTo(
            "UnsupportedOperationException: External key stores (EXTERNAL_KEY_STORE) are not"
                + " supported by cks yet; create an AWS_CLOUDHSM key store.");
    assertThat(create(asked(wish -> wish.on(null)))).isEqualTo(required("CloudHsmClusterId"));
    assertThat(create(asked(wish -> wish.anchored(null))))
        .isEqualTo(required("TrustAnchorCertificate"));
    assertThat(create(asked(wish -> wish.opened(null)))).isEqualTo(required("KeyStorePassword"));
  }

  private static String required(String parameter) {
    return "ValidationException: "
        + parameter
        + " is required when CustomKeyStoreType is AWS_CLOUDHSM.";
  }

  @Test
  void create_onClusterThatDoesNotFit_isRefused() {
    assertThat(create(asked(wish -> wish.on("cluster-9")))).isEqualTo(NO_CLUSTER);
    assertThat(create(asked(wish -> wish.anchored("PEM of a stranger"))))
        .isEqualTo(
            "IncorrectTrustAnchorException: The trust anchor certificate is not the one of the"
                + " specified CloudHSM cluster.");

    account.cluster.setHsms(hsm(1, "a", HsmState.ACTIVE), hsm(2, "b", HsmState.DEGRADED));
    assertThat(create(Wish.FITTING.request())).isEqualTo(TOO_FEW_HSMS);
    account.cluster.setHsms(hsm(1, "a", HsmState.ACTIVE), hsm(2, "a", HsmState.ACTIVE));
    assertThat(create(Wish.FITTING.request())).isEqualTo(TOO_FEW_HSMS);
    account.cluster.setNetwork(false, subnet(1, "a"), subnet(2, "b"));
    assertThat(create(Wish.FITTING.request())).isEqualTo(PORTS);
    account.cluster.setNetwork(true, subnet(1, "a"), subnet(2, "a"));
    assertThat(create(Wish.FITTING.request())).isEqualTo(TOO_FEW_SUBNETS);
    account.cluster.setState(ClusterState.DEGRADED);
    assertThat(create(Wish.FITTING.request()))
        .isEqualTo(
            "CloudHsmClusterNotActiveException: The CloudHSM cluster cluster-1 is not active.");
  }

  @Test
  void create_onTheFamilyOfAnotherStore_isRefused() {
    account.store();
    account.addCluster("cluster-2", "family");

    assertThat(create(asked(wish -> wish.named("payments").on("cluster-2"))))
        .isEqualTo(
            "CloudHsmClusterInUseException: The CloudHSM cluster, or one that shares its backup"
                + " history, is already associated with a custom key store.");
  }

  @Test
  void create_again_whileDisconnected_answersTheSameStore_ifNothingDiffers() {
    String id = account.store();
    account.addCluster("cluster-2", "another family");

    assertThat(stores.create(asked(wish -> wish.anchored("  PEM of family\r\n")), account.caller()))
        .isEqualTo(id);
    assertThat(create(asked(wish -> wish.on("cluster-2")))).isEqualTo(TAKEN);
    assertThat(create(asked(wish -> wish.anchored("PEM of a stranger")))).isEqualTo(TAKEN);
    assertThat(create(asked(wish -> wish.opened("another-password")))).isEqualTo(TAKEN);
    stores.connect(id, account.caller());
    assertThat(create(Wish.FITTING.request())).isEqualTo(TAKEN);
  }

  @Test
  void trustAnchor_differsInLineEndsOnly_isTheSame() {
    account.addCluster("cluster-2", "one\ntwo");

    assertThat(
            create(
                new Create(
                    "lines",
                    null,
                    "cluster-2",
                    "\nPEM of one\r\ntwo\r\n",
                    SecretBytes.ofText("password"))))
        .isEqualTo("ok");
  }

  @Test
  void create_beyondTheQuota_isRefused_butTheSameAgainIsNot() {
    try (TestAccount small = new TestAccount(plan -> plan.quotas(new Quotas(2, 9, 9, 9, 9, 9)))) {
      String first = small.store();
      createOn(small, "cluster-2");

      assertThat(small.outcome(() -> createOn(small, "cluster-3")))
          .isEqualTo(
              "LimitExceededException: The quota of 2 custom key stores in this account and Region"
                  + " is reached.");
      assertThat(small.store()).isEqualTo(first);
      small.kms.keyStores().delete(first, small.caller());
      assertThat(small.outcome(() -> createOn(small, "cluster-3"))).isEqualTo("ok");
    }
  }

  private static void createOn(TestAccount account, String cluster) {
    account
        .kms
        .keyStores()
        .create(
            TestAccount.newStore("on " + cluster, account.addCluster(cluster, cluster)),
            account.caller());
  }

  @Test
  void update_changesWhatIsGiven_andNothingElse() {
    String id = account.store();
    account.addCluster("cluster-2", "family");

    assertThat(update(new Update(id, null, null, null))).isEqualTo("ok");
    assertThat(described(id).name()).isEqualTo("orders");
    assertThat(update(new Update(id, "orders", null, null))).as("its own name").isEqualTo("ok");
    assertThat(update(new Update(id, "invoices", null, null))).isEqualTo("ok");
    assertThat(update(new Update(id, null, null, "cluster-2"))).isEqualTo("ok");

    assertThat(described(id).name()).isEqualTo("invoices");
    assertThat(described(id).clusterId()).isEqualTo("cluster-2");
    assertThat(create(asked(wish -> wish.named("orders").on("cluster-9"))))
        .as("the old name is free")
        .isEqualTo(NO_CLUSTER);
  }

  @Test
  void update_ofPassword_isWhatKmsLogsInWith() {
    account.cluster.setPassword("second-password");
    String id = account.store();

    assertThat(update(new Update(id, null, SecretBytes.ofText("second-password"), null)))
        .isEqualTo("ok");
    stores.connect(id, account.caller());

    assertThat(account.show(id)).isEqualTo("CONNECTED");
  }

  @Test
  void update_toWhatDoesNotFit_isRefused_andChangesNothing() {
    String id = account.store();
    MemoryCluster stranger = account.addCluster("cluster-2", "another family");
    MemoryCluster relative = account.addCluster("cluster-3", "family");
    stores.create(TestAccount.newStore("payments", stranger), account.caller());

    assertThat(update(new Update(id, "payments", null, null)))
        .isEqualTo(TAKEN.replace("orders", "payments"));
    assertThat(update(new Update(id, "invoices", null, "cluster-9"))).isEqualTo(NO_CLUSTER);
    assertThat(update(new Update(id, null, null, "cluster-2")))
        .isEqualTo(
            "CloudHsmClusterNotRelatedException: The specified CloudHSM cluster does not share a"
                + " backup history with the cluster that is associated with the custom key store.");
    relative.setHsms(hsm(1, "a", HsmState.ACTIVE));
    assertThat(update(new Update(id, null, null, "cluster-3"))).isEqualTo(TOO_FEW_HSMS);
    relative.setState(ClusterState.UNINITIALIZED);
    assertThat(update(new Update(id, null, null, "cluster-3")))
        .isEqualTo(
            "CloudHsmClusterNotActiveException: The CloudHSM cluster cluster-3 is not active.");
    assertThat(update(new Update(TestAccount.NO_STORE, "x", null, null))).isEqualTo(NOT_FOUND);

    assertThat(described(id).name()).isEqualTo("orders");
    assertThat(described(id).clusterId()).isEqualTo("cluster-1");
  }

  @Test
  void whileConnected_onlyTheNameCanBeUpdated() {
    String id = account.connectedStore();
    String refused =
        "CustomKeyStoreInvalidStateException: You cannot update the custom key store while its"
            + " ConnectionState is CONNECTED.";

    assertThat(update(new Update(id, "invoices", null, null))).isEqualTo("ok");
    assertThat(update(new Update(id, null, SecretBytes.ofText("password"), null)))
        .isEqualTo(refused);
    assertThat(update(new Update(id, null, null, "cluster-1"))).isEqualTo(refused);
    assertThat(update(new Update(id, "x", null, "cluster-1"))).isEqualTo(refused);
    assertThat(described(id).name()).isEqualTo("invoices");
    assertThat(account.outcome(() -> stores.delete(id, account.caller())))
        .isEqualTo(refused.replace("update", "delete"));
  }

  @Test
  void delete_ofStoreWithKeys_isRefused_untilTheyAreGone() {
    String id = account.connectedStore();
    String key = account.key(id);
    stores.disconnect(id, account.caller());

    assertThat(account.outcome(() -> stores.delete(id, account.caller())))
        .isEqualTo(
            "CustomKeyStoreHasCMKsException: The custom key store contains KMS keys, and cannot be"
                + " deleted before they are.");
    account.kms.keys().scheduleDeletion(key, 7, account.caller());
    account.time.advance(Duration.ofDays(7));
    assertThat(account.outcome(() -> stores.delete(id, account.caller()))).isEqualTo("ok");

    assertThat(stores.has(id)).isFalse();
    assertThat(account.outcome(() -> stores.delete(id, account.caller()))).isEqualTo(NOT_FOUND);
    assertThat(account.store()).as("name and cluster are free again").isNotEqualTo(id);
  }

  @Test
  void describe_byNameOrId_findsOne_andByBothIsRefused() {
    String id = account.store();

    assertThat(stores.describe(new Describe(null, "orders", null, null), account.caller()).items())
        .containsExactly(described(id));
    assertThat(account.outcome(() -> described(TestAccount.NO_STORE))).isEqualTo(NOT_FOUND);
    assertThat(
            account.outcome(
                () -> stores.describe(new Describe(null, "x", null, null), account.caller())))
        .isEqualTo(NOT_FOUND);
    assertThat(
            account.outcome(
                () -> stores.describe(new Describe(id, "orders", null, null), account.caller())))
        .isEqualTo(
            "ValidationException: Specify either CustomKeyStoreId or CustomKeyStoreName, but not"
                + " both.");
  }

  @Test
  void describe_inPages_showsEachStoreOnce_inTheOrderOfTheirIds() {
    Set<String> created = new TreeSet<>();
    for (int i = 2; i < 6; i++) {
      created.add(
          stores.create(
              TestAccount.newStore("s" + i, account.addCluster("cluster-" + i, "f" + i)),
              account.caller()));
    }
    List<String> seen = new ArrayList<>();
    String marker = null;
    do {
      Page<Description> page =
          stores.describe(new Describe(null, null, 3, marker), account.caller());
      page.items().forEach(store -> seen.add(store.id().value()));
      assertThat(page.truncated()).isEqualTo(page.nextMarker() != null);
      marker = page.nextMarker();
    } while (marker != null);

    assertThat(seen).containsExactlyElementsOf(created);
  }

  @Test
  void events_tellWhatWasAskedAndOfWhichStore() {
    account.addCluster("cluster-2", "family");
    account.begin();
    String id = account.store();
    stores.connect(id, account.caller());
    stores.disconnect(id, account.caller());
    update(new Update(id, "invoices", SecretBytes.ofText("secret"), "cluster-2"));
    stores.describe(new Describe(null, "invoices", 5, null), account.caller());
    stores.describe(Describe.byId(id), account.caller());
    account.outcome(() -> stores.describe(new Describe(null, null, 7, "x"), account.caller()));
    stores.delete(id, account.caller());
    account.outcome(() -> stores.connect(id, account.caller()));

    assertThat(account.journal.text())
        .isEqualTo(
            """
            CreateCustomKeyStore AwsApiCall 2026-01-01T00:00:01Z
              request {customKeyStoreName=orders, clusterId=cluster-1}
              response {customKeyStoreId=store1}
            ConnectCustomKeyStore AwsApiCall 2026-01-01T00:00:02Z
              request {customKeyStoreId=store1}
              additional {customKeyStoreName=orders, clusterId=cluster-1}
            DisconnectCustomKeyStore AwsApiCall 2026-01-01T00:00:03Z
              request {customKeyStoreId=store1}
              additional {customKeyStoreName=orders, clusterId=cluster-1}
            UpdateCustomKeyStore AwsApiCall 2026-01-01T00:00:04Z
              request {customKeyStoreId=store1, newCustomKeyStoreName=invoices, clusterId=cluster-2}
              additional {customKeyStoreName=invoices, clusterId=cluster-2}
            DescribeCustomKeyStores (read) AwsApiCall 2026-01-01T00:00:05Z
              request {customKeyStoreName=invoices, limit=5}
            DescribeCustomKeyStores (read) AwsApiCall 2026-01-01T00:00:06Z
              request {customKeyStoreId=store1}
            DescribeCustomKeyStores (read) AwsApiCall 2026-01-01T00:00:07Z
              request {limit=7, marker=x}
              error InvalidMarkerException
              message The marker that specifies where pagination begins is invalid.
            DeleteCustomKeyStore AwsApiCall 2026-01-01T00:00:08Z
              request {customKeyStoreId=store1}
              additional {customKeyStoreName=invoices, clusterId=cluster-2}
            ConnectCustomKeyStore AwsApiCall 2026-01-01T00:00:09Z
              request {customKeyStoreId=store1}
              error CustomKeyStoreNotFoundException
              message The custom key store does not exist in this account and Region.
            """);
  }
}
