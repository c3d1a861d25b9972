package dev.cks.service;

import static dev.cks.service.MemoryCluster.hsm;
import static dev.cks.service.MemoryCluster.outcomes;
import static dev.cks.service.MemoryCluster.subnet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import dev.cks.domain.key.KeyOperation;
import dev.cks.domain.keystore.KeyStoreId;
import dev.cks.service.KeyRequests.Create;
import dev.cks.service.KeyRequests.Tag;
import dev.cks.spi.ClusterFacts.HsmState;
import dev.cks.spi.HsmException.Reason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** CreateKey, and what reads and changes a key. */
class KeyServiceTest {
  private final TestAccount account = new TestAccount();
  private final KeyService keys = account.kms.keys();
  private String store;

  @BeforeEach
  void connect() {
    store = account.connectedStore();
    account.begin();
  }

  @AfterEach
  void close() {
    account.close();
  }

  private String create(Create request) {
    return account.outcome(() -> keys.create(request, account.caller()));
  }

  private int count() {
    return keys.list(1000, null, account.caller()).items().size();
  }

  @Nested
  class Creation {
    @Test
    void key_hasItsMaterialInTheCluster_labelledWithItsArn() {
      String key = account.key(store);

      assertThat(account.cluster.labels()).containsExactly(TestAccount.arn(key));
      assertThat(account.standard.labels()).isEmpty();
      KeyRequests.Description shown = keys.describe(key, account.caller());
      assertThat(shown.clusterId()).isEqualTo("cluster-1");
      assertThat(shown.key().reference()).isEqualTo("1");
      assertThat(shown.key().materialId()).isNull();
      assertThat(shown.key().created()).isEqualTo(ManualTime.START.plusSeconds(3));
    }

    @Test
    void keys_haveMaterialOfTheirOwn() {
      String one = account.key(store);
      String two = account.key(store);

      assertThat(account.cluster.labels())
          .containsExactly(TestAccount.arn(one), TestAccount.arn(two));
    }

    @Test
    void standardKey_hasItsMaterialApart() {
      String key = account.standardKey();

      assertThat(account.standard.labels()).containsExactly(TestAccount.arn(key));
      assertThat(account.cluster.labels()).isEmpty();
      KeyRequests.Description shown = keys.describe(key, account.caller());
      assertThat(shown.clusterId()).isNull();
      assertThat(shown.key().materialId()).hasSize(64);
    }

    @Test
    void standardKey_withoutAHomeForThem_isRefused() {
      Kms bare = Kms.create(KmsConfig.deterministic(account.time, new CountedRandom()));

      assertThat(account.outcome(() -> bare.keys().create(Create.standard(), bare.rootCaller())))
          .isEqualTo(
              "UnsupportedOperationException: This instance of cks makes keys in custom key stores"
                  + " only: give CustomKeyStoreId and the origin AWS_CLOUDHSM, or configure"
                  + " standardKeys.");
    }

    @Test
    void key_keepsWhatItWasGiven() {
      String policy = "{\"Statement\":[]}";
      Create request =
          new Create(
              "of orders",
              "SYMMETRIC_DEFAULT",
              "ENCRYPT_DECRYPT",
              "AWS_CLOUDHSM",
              store,
              null,
              false,
              policy,
              List.of(new Tag("b", "1"), new Tag("a", "2")));
      String key = keys.create(request, account.caller()).key().id().toString();

      KeyRequests.Description shown = keys.describe(key, account.caller());
      assertThat(shown.key().description()).isEqualTo("of orders");
      assertThat(shown.key().tags()).containsExactly(Map.entry("b", "1"), Map.entry("a", "2"));
      assertThat(keys.getPolicy(key, null, account.caller())).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        textBlock =
            """
            # spec             | usage           | origin             | in store | xks | multi | refusal
            -                  | -               | AWS_CLOUDHSM       | no       | -   | no    | ValidationException: CustomKeyStoreId is required when Origin is AWS_CLOUDHSM.
            -                  | -               | EXTERNAL_KEY_STORE | no       | -   | no    | ValidationException: CustomKeyStoreId is required when Origin is EXTERNAL_KEY_STORE.
            -                  | -               | -                  | yes      | -   | no    | ValidationException: CustomKeyStoreId is not valid when Origin is AWS_KMS.
            -                  | -               | EXTERNAL           | yes      | -   | no    | ValidationException: CustomKeyStoreId is not valid when Origin is EXTERNAL.
            -                  | -               | AWS_CLOUDHSM       | yes      | x   | no    | ValidationException: XksKeyId is not valid when Origin is AWS_CLOUDHSM.
            -                  | -               | EXTERNAL_KEY_STORE | yes      | x   | no    | UnsupportedOperationException: External key stores (EXTERNAL_KEY_STORE) are not supported by cks yet.
            RSA_2048           | -               | AWS_CLOUDHSM       | yes      | -   | no    | ValidationException: You must specify a KeyUsage value for all KMS keys except for symmetric encryption keys.
            RSA_2048           | SIGN_VERIFY     | AWS_CLOUDHSM       | yes      | -   | no    | UnsupportedOperationException: Keys in a custom key store are symmetric encryption keys: KeySpec SYMMETRIC_DEFAULT, KeyUsage ENCRYPT_DECRYPT.
            SYMMETRIC_DEFAULT  | SIGN_VERIFY     | AWS_CLOUDHSM       | yes      | -   | no    | UnsupportedOperationException: Keys in a custom key store are symmetric encryption keys: KeySpec SYMMETRIC_DEFAULT, KeyUsage ENCRYPT_DECRYPT.
            -                  | -               | AWS_CLOUDHSM       | yes      | -   | yes   | UnsupportedOperationException: You cannot create a multi-Region key in a custom key store.
            SYMMETRIC_DEFAULT  | SIGN_VERIFY     | -                  | no       | -   | no    | ValidationException: KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT
            RSA_2048           | SIGN_VERIFY     | -                  | no       | -   | no    | UnsupportedOperationException: Standard keys of cks are symmetric (SYMMETRIC_DEFAULT), single-Region and of origin AWS_KMS.
            -                  | -               | EXTERNAL           | no       | -   | no    | UnsupportedOperationException: Standard keys of cks are symmetric (SYMMETRIC_DEFAULT), single-Region and of origin AWS_KMS.
            -                  | -               | AWS_KMS            | no       | -   | yes   | UnsupportedOperationException: Standard keys of cks are symmetric (SYMMETRIC_DEFAULT), single-Region and of origin AWS_KMS.
            SYMMETRIC_DEFAULT  | ENCRYPT_DECRYPT | AWS_KMS            | no       | -   | no    | ok
            SYMMETRIC_DEFAULT  | ENCRYPT_DECRYPT | AWS_CLOUDHSM       | yes      | -   | no    | ok
            """)
    void parametersThatDoNotGoTogether_areRefused(
        String spec,
        String usage,
        String origin,
        String inStore,
        String xksKeyId,
        String multiRegion,
        String refusal) {
      Create request =
          new Create(
              null,
              spec,
              usage,
              origin,
              inStore.equals("yes") ? store : null,
              xksKeyId,
              multiRegion.equals("yes"),
              null,
              List.of());

      assertThat(create(request)).isEqualTo(refusal);
      assertThat(count()).isEqualTo(refusal.equals("ok") ? 1 : 0);
    }

    @Test
    void clusterThatDoesNotFit_isRefused() {
      String tooFew =
          "CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must contain active HSMs"
              + " in at least two Availability Zones";
      assertThat(create(Create.in(TestAccount.NO_STORE)))
          .isEqualTo(
              "CustomKeyStoreNotFoundException: The custom key store does not exist in this account"
                  + " and Region.");
      account.cluster.setHsms(hsm(1, "a", HsmState.ACTIVE));
      assertThat(create(Create.in(store))).isEqualTo(tooFew);
      account.cluster.setNetwork(true, subnet(1, "a"));
      assertThat(create(Create.in(store)))
          .isEqualTo(
              "CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must have private"
                  + " subnets in at least two Availability Zones");
      account.clusters.clear();
      assertThat(create(Create.in(store))).isEqualTo(tooFew);
      assertThat(count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "BELOW_QUORUM  | CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must"
              + " contain active HSMs in at least two Availability Zones",
          "NO_ACTIVE_HSM | CloudHsmClusterInvalidConfigurationException: CloudHSM cluster must"
              + " contain active HSMs in at least two Availability Zones",
          "CAPACITY      | KMSInternalException: The CloudHSM cluster has no room for another key or"
              + " no free PKCS #11 sessions.",
          "UNREACHABLE   | DependencyTimeoutException: KMS cannot communicate with your CloudHSM"
              + " cluster",
          "NOT_LOGGED_IN | DependencyTimeoutException: KMS cannot communicate with your CloudHSM"
              + " cluster",
          "DENIED        | KMSInternalException: The CloudHSM cluster failed. Retry the request."
        })
    void generationThatWasNotDone_isRefused_andNothingIsUndone(Reason reason, String refusal) {
      account.cluster.failNext("generate", reason);

      assertThat(create(Create.in(store))).isEqualTo(refusal);
      assertThat(account.cluster.calls()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "OUTCOME_UNKNOWN | DependencyTimeoutException: The CloudHSM cluster did not answer in"
              + " time.",
          "INTERNAL        | KMSInternalException: The CloudHSM cluster failed. Retry the request."
        })
    void generationThatMayBeDone_isRefused_andUndone(Reason reason, String refusal) {
      account.cluster.afterNext("generate", MemoryCluster.failure(reason));

      assertThat(create(Create.in(store))).isEqualTo(refusal);
      assertThat(account.cluster.labels()).isEmpty();
      assertThat(count()).isZero();
    }

    @Test
    void keyWhoseReferenceCannotBeRead_isUndone() {
      account.cluster.failNext("facts", Reason.DENIED);

      assertThat(create(Create.in(store)))
          .isEqualTo("KMSInternalException: The CloudHSM cluster failed. Retry the request.");
      assertThat(account.cluster.labels()).isEmpty();
    }

    @Test
    void generationThatCannotBeUndone_isRefusedAllTheSame() {
      account.cluster.afterNext("generate", MemoryCluster.failure(Reason.INTERNAL));
      account.cluster.failNext("destroy", Reason.UNREACHABLE);

      assertThat(create(Create.in(store)))
          .isEqualTo("KMSInternalException: The CloudHSM cluster failed. Retry the request.");
      assertThat(account.cluster.labels()).hasSize(1);
      assertThat(count()).isZero();
    }

    @Test
    void store_disconnectedDuringTheGeneration_isTheReason() {
      account.cluster.beforeNext(
          "generate", () -> account.kms.keyStores().disconnect(store, account.caller()));

      assertThat(create(Create.in(store)))
          .isEqualTo(
              "CustomKeyStoreInvalidStateException: The custom key store was disconnected before"
                  + " the request was completed.");
      assertThat(count()).isZero();
    }

    @Test
    void store_movedToAnotherClusterMeanwhile_getsNoKey() {
      account.addCluster("cluster-2", "family");
      account.cluster.beforeNext(
          "facts",
          () -> {
            account.kms.keyStores().disconnect(store, account.caller());
            account
                .kms
                .keyStores()
                .update(
                    new KeyStoreRequests.Update(store, null, null, "cluster-2"), account.caller());
          });

      assertThat(create(Create.in(store)))
          .startsWith("CustomKeyStoreInvalidStateException: The custom key store was disconnected");
      assertThat(count()).isZero();
    }

    @Test
    void keyRacingTheQuota_isUndone() {
      try (TestAccount small =
          new TestAccount(plan -> plan.quotas(Quotas.documented().withKeys(1)))) {
        String home = small.connectedStore();
        small.cluster.beforeNext("generate", small::standardKey);

        assertThat(small.outcome(() -> small.key(home)))
            .isEqualTo(
                "LimitExceededException: Key quota for this account in this region is 1 but the"
                    + " current usage is 1.");
        assertThat(small.cluster.labels()).isEmpty();
        small.cluster.calls();
        assertThat(small.outcome(() -> small.key(home))).startsWith("LimitExceededException");
        assertThat(small.cluster.calls()).as("known before").isEmpty();
      }
    }
  }

  @Nested
  class Management {
    @Test
    void names_leadToTheSameKey_whereTheyAreTaken() {
      String key = account.key(store);
      keys.aliases().create("alias/orders", key, account.caller());
      for (String name :
          List.of(
              key,
              TestAccount.arn(key),
              "alias/orders",
              TestAccount.PREFIX + "alias/orders",
              TestAccount.arn(key))) {
        assertThat(keys.describe(name, account.caller()).key().id()).hasToString(key);
        assertThat(keys.keyStoreOf(name)).contains(new KeyStoreId(store));
      }
      assertThat(keys.keyStoreOf(account.standardKey())).isEmpty();
      assertThat(keys.keyStoreOf("alias/nobody")).isEmpty();
      assertThat(account.outcome(() -> keys.enable("alias/orders", account.caller())))
          .isEqualTo("NotFoundException: Invalid keyId 'alias/orders'");
      assertThat(
              account.outcome(
                  () -> keys.enable(TestAccount.PREFIX + "alias/orders", account.caller())))
          .isEqualTo("NotFoundException: Invalid keyId 'ARN:alias/orders'");
      assertThat(account.outcome(() -> keys.describe("alias/nobody", account.caller())))
          .isEqualTo("NotFoundException: Alias ARN:alias/nobody is not found.");
      assertThat(account.outcome(() -> keys.enable(TestAccount.NO_KEY, account.caller())))
          .isEqualTo("NotFoundException: Key 'ARN:key/id1' does not exist");
    }

    @Test
    void key_isDisabledEnabledAndDescribedAnew() {
      String key = account.key(store);
      assertThat(account.state(key)).isEqualTo("Enabled");
      keys.disable(key, account.caller());
      assertThat(account.state(key)).isEqualTo("Disabled");
      keys.enable(key, account.caller());
      assertThat(account.state(key)).isEqualTo("Enabled");
      keys.updateDescription(key, "new", account.caller());
      assertThat(keys.describe(key, account.caller()).key().description()).isEqualTo("new");
      account.kms.keyStores().disconnect(store, account.caller());
      assertThat(account.state(key)).isEqualTo("Unavailable");
    }

    @Test
    void tags_areSetReplacedRemovedAndListed() {
      String key = account.key(store);
      keys.tag(key, List.of(new Tag("b", "1"), new Tag("a", "2")), account.caller());
      keys.tag(key, List.of(new Tag("b", "3"), new Tag("c", "4")), account.caller());
      keys.untag(key, List.of("a", "never-there"), account.caller());

      assertThat(keys.listTags(key, null, null, account.caller()).items())
          .containsExactly(new Tag("b", "3"), new Tag("c", "4"));
      Page<Tag> first = keys.listTags(key, 1, null, account.caller());
      assertThat(first.items()).containsExactly(new Tag("b", "3"));
      assertThat(keys.listTags(key, 1, first.nextMarker(), account.caller()).items())
          .containsExactly(new Tag("c", "4"));
    }

    @Test
    void tagsThatAreNone_areRefused() {
      String key = account.key(store);
      String reserved = "TagException: Tags beginning with aws: are reserved";

      assertThat(tag(key, new Tag("AWS:x", ""))).isEqualTo(reserved);
      assertThat(account.outcome(() -> keys.untag(key, List.of("aws:x"), account.caller())))
          .isEqualTo(reserved);
      assertThat(tag(key, new Tag("a", "1"), new Tag("a", "2")))
          .isEqualTo("TagException: Duplicate tag keys");
      assertThat(keys.listTags(key, null, null, account.caller()).items()).isEmpty();
    }

    private String tag(String key, Tag... tags) {
      return account.outcome(() -> keys.tag(key, List.of(tags), account.caller()));
    }

    @Test
    void tags_beyondTheQuota_areRefused() {
      try (TestAccount small = new TestAccount(plan -> plan.quotas(new Quotas(9, 9, 9, 2, 9, 9)))) {
        List<Tag> two = List.of(new Tag("a", "1"), new Tag("b", "2"));
        List<Tag> three = List.of(new Tag("a", "1"), new Tag("b", "2"), new Tag("c", "3"));
        KeyService few = small.kms.keys();

        assertThat(small.outcome(() -> few.create(tagged(three), small.caller())))
            .isEqualTo("TagException: Too many tags");
        String key = few.create(tagged(two), small.caller()).key().id().toString();
        assertThat(small.outcome(() -> few.tag(key, two, small.caller()))).isEqualTo("ok");
        assertThat(small.outcome(() -> few.tag(key, three, small.caller())))
            .isEqualTo("LimitExceededException: A KMS key can have at most 2 tags.");
      }
    }

    private static Create tagged(List<Tag> tags) {
      return new Create(null, null, null, null, null, null, false, null, tags);
    }

    @Test
    void policy_isTheDefaultOne_untilAnotherIsPut() {
      String key = account.key(store);
      assertThat(keys.getPolicy(key, "default", account.caller()))
          .isEqualTo(
              """
              {
                "Version" : "2012-10-17",
                "Id" : "key-default-1",
                "Statement" : [ {
                  "Sid" : "Enable IAM User Permissions",
                  "Effect" : "Allow",
                  "Principal" : {
                    "AWS" : "arn:aws:iam::111122223333:root"
                  },
                  "Action" : "kms:*",
                  "Resource" : "*"
                } ]
              }""");
      keys.putPolicy(key, "default", "{\"Statement\":1}", account.caller());
      assertThat(keys.getPolicy(key, null, account.caller())).isEqualTo("{\"Statement\":1}");
      assertThat(keys.listPolicies(key, null, null, account.caller()).items())
          .containsExactly("default");

      String noSuch = "NotFoundException: No such policy exists";
      assertThat(account.outcome(() -> keys.getPolicy(key, "other", account.caller())))
          .isEqualTo(noSuch);
      assertThat(
              account.outcome(
                  () -> keys.putPolicy(key, "other", "{\"Statement\":1}", account.caller())))
          .isEqualTo(noSuch);
    }

    @Test
    void keys_areListedInPages_inTheOrderOfTheirIds() {
      for (int i = 0; i < 101; i++) {
        account.standardKey();
      }
      Page<KeyRequests.Listed> first = keys.list(null, null, account.caller());
      Page<KeyRequests.Listed> second = keys.list(null, first.nextMarker(), account.caller());

      assertThat(first.items()).hasSize(100);
      assertThat(first.truncated()).isTrue();
      assertThat(second.items()).hasSize(1);
      assertThat(second.truncated()).isFalse();
      assertThat(first.items()).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
      assertThat(first.items()).doesNotContainAnyElementsOf(second.items());
      assertThat(first.items())
          .allSatisfy(key -> assertThat(key.arn()).isEqualTo(TestAccount.arn("" + key.id())));
    }

    @Test
    void markers_ofAnotherList_orOfNone_areRefused() {
      String key = account.standardKey();
      account.standardKey();
      String marker = keys.list(1, null, account.caller()).nextMarker();
      String bad =
          "InvalidMarkerException: The marker that specifies where pagination begins is invalid.";

      assertThat(keys.list(1, marker, account.caller()).items()).hasSize(1);
      assertThat(account.outcome(() -> keys.listTags(key, 1, marker, account.caller())))
          .isEqualTo(bad);
      assertThat(account.outcome(() -> keys.list(1, "not Base64!", account.caller())))
          .isEqualTo(bad);
      assertThat(account.outcome(() -> keys.list(1, "TGlzdEtleXN8eA", account.caller())))
          .as("ListKeys|x")
          .isEqualTo(bad);
    }

    @ParameterizedTest
    @EnumSource(KeyOperation.class)
    void operationThatIsNotServed_saysWhy(KeyOperation operation) {
      String key = account.key(store);
      String standard = account.standardKey();
      account.begin();
      String custom =
          account.outcome(() -> keys.refuse(operation, key, List.of(), account.caller()));
      String other =
          account.outcome(() -> keys.refuse(operation, standard, List.of(), account.caller()));

      assertThat(custom + "\n" + other + "\n").isEqualTo(Refused.asDocumented(operation));
    }

    @ParameterizedTest
    @EnumSource(KeyOperation.class)
    void operationThatIsNotServed_takesAliases_whereItsKindDoes(KeyOperation operation) {
      keys.aliases().create("alias/a", account.key(store), account.caller());
      String refusal =
          account.outcome(() -> keys.refuse(operation, "alias/a", List.of(), account.caller()));
      boolean takesAliases =
          switch (operation) {
            case ENCRYPT, DECRYPT, RE_ENCRYPT, DESCRIBE_KEY, GET_PUBLIC_KEY -> true;
            case SIGN, VERIFY, GENERATE_MAC, VERIFY_MAC, DERIVE_SHARED_SECRET -> true;
            default -> operation.wireName().startsWith("GenerateDataKey");
          };

      assertThat(refusal.equals("NotFoundException: Invalid keyId 'alias/a'"))
          .isNotEqualTo(takesAliases);
    }

    @Test
    void refusal_tellsTheTokenFirst_thenTheState() {
      String key = account.key(store);
      keys.disable(key, account.caller());

      assertThat(
              account.outcome(
                  () -> keys.refuse(KeyOperation.SIGN, key, List.of("x"), account.caller())))
          .isEqualTo("InvalidGrantTokenException: The specified grant token is not valid.");
      assertThat(
              account.outcome(
                  () -> keys.refuse(KeyOperation.SIGN, key, List.of(), account.caller())))
          .isEqualTo("DisabledException: ARN:key/id1 is disabled.");
    }
  }

  /** What operations answer that no key here supports: for a key in a store, for a standard one. */
  private static final class Refused {
    private static String asDocumented(KeyOperation operation) {
      return switch (operation) {
        case SIGN, VERIFY, GENERATE_MAC, VERIFY_MAC, DERIVE_SHARED_SECRET ->
            """
            InvalidKeyUsageException: ARN:key/id1 key usage is ENCRYPT_DECRYPT which is not valid for %1$s.
            InvalidKeyUsageException: ARN:key/id2 key usage is ENCRYPT_DECRYPT which is not valid for %1$s.
            """
                .formatted(operation.wireName());
        case REPLICATE_KEY, UPDATE_PRIMARY_REGION ->
            """
            UnsupportedOperationException: ARN:key/id1 is not a multi-region primary key.
            UnsupportedOperationException: ARN:key/id2 is not a multi-region primary key.
            """;
        case GET_PUBLIC_KEY ->
            """
            UnsupportedOperationException: ARN:key/id1 is not an asymmetric KMS key.
            UnsupportedOperationException: ARN:key/id2 is not an asymmetric KMS key.
            """;
        case GENERATE_DATA_KEY_PAIR, GENERATE_DATA_KEY_PAIR_WITHOUT_PLAINTEXT ->
            """
            UnsupportedOperationException: ARN:key/id1 is in a custom key store, whose keys cannot wrap data key pairs.
            UnsupportedOperationException: %s is not supported by cks yet.
            """
                .formatted(operation.wireName());
        case DELETE_IMPORTED_KEY_MATERIAL, GET_PARAMETERS_FOR_IMPORT, IMPORT_KEY_MATERIAL ->
            """
            UnsupportedOperationException: ARN:key/id1 origin is AWS_CLOUDHSM which is not valid for this operation.
            UnsupportedOperationException: ARN:key/id2 origin is AWS_KMS which is not valid for this operation.
            """;
        case DISABLE_KEY_ROTATION,
            ENABLE_KEY_ROTATION,
            GET_KEY_ROTATION_STATUS,
            LIST_KEY_ROTATIONS,
            ROTATE_KEY_ON_DEMAND ->
            """
            UnsupportedOperationException: ARN:key/id1 origin is AWS_CLOUDHSM which is not valid for this operation.
            UnsupportedOperationException: %s of standard keys is not supported by cks yet.
            """
                .formatted(operation.wireName());
        case CANCEL_KEY_DELETION ->
            """
            KMSInvalidStateException: ARN:key/id1 is not pending deletion.
            KMSInvalidStateException: ARN:key/id2 is not pending deletion.
            """;
        default ->
            """
            UnsupportedOperationException: %1$s of standard keys is not supported by cks yet.
            UnsupportedOperationException: %1$s of standard keys is not supported by cks yet.
            """
                .formatted(operation.wireName());
      };
    }
  }

  @Test
  void events_ofALife_tellWhatWasAskedAndAnswered() {
    String key = account.key(store);
    keys.create(
        new Create(
            "d",
            null,
            null,
            null,
            null,
            null,
            false,
            "{\"Statement\":1}",
            List.of(new Tag("a", "b"))),
        account.caller());
    account.outcome(
        () ->
            keys.create(
                new Create(
                    null, "RSA_2048", "SIGN_VERIFY", "EXTERNAL", null, "x", true, null, List.of()),
                account.caller()));
    keys.describe(key, account.caller());
    keys.list(5, null, account.caller());
    keys.disable(key, account.caller());
    keys.enable(key, account.caller());
    keys.updateDescription(key, "new", account.caller());
    keys.tag(key, List.of(new Tag("a", "1"), new Tag("b", "2")), account.caller());
    keys.untag(key, List.of("a"), account.caller());
    keys.listTags(key, 5, null, account.caller());
    keys.putPolicy(key, null, "{\"Statement\":1}", account.caller());
    keys.getPolicy(key, "default", account.caller());
    keys.listPolicies(key, 6, null, account.caller());
    keys.lastUsage(key, account.caller());
    account.outcome(() -> keys.refuse(KeyOperation.SIGN, key, List.of(), account.caller()));
    account.outcome(() -> keys.cancelDeletion(key, account.caller()));
    account.outcome(() -> keys.enable(TestAccount.NO_KEY, account.caller()));

    assertThat(account.journal.text())
        .isEqualTo(
            """
            CreateKey AwsApiCall 2026-01-01T00:00:03Z
              request {keyUsage=ENCRYPT_DECRYPT, bypassPolicyLockoutSafetyCheck=false, origin=AWS_CLOUDHSM, keySpec=SYMMETRIC_DEFAULT, customerMasterKeySpec=SYMMETRIC_DEFAULT, customKeyStoreId=store1, description=}
              response {keyMetadata={aWSAccountId=111122223333, keyId=id1, arn=ARN:key/id1, creationDate=Jan 1, 2026, 12:00:03 AM, enabled=true, description=, keyUsage=ENCRYPT_DECRYPT, keyState=Enabled, origin=AWS_CLOUDHSM, customKeyStoreId=store1, cloudHsmClusterId=cluster-1, keyManager=CUSTOMER, keySpec=SYMMETRIC_DEFAULT, customerMasterKeySpec=SYMMETRIC_DEFAULT, encryptionAlgorithms=[SYMMETRIC_DEFAULT], multiRegion=false}}
              additional {backingKey={"keyHandle":"1","backingKeyId":"material1"}}
              AWS::KMS::Key ARN:key/id1
            CreateKey AwsApiCall 2026-01-01T00:00:04Z
              request {keyUsage=ENCRYPT_DECRYPT, bypassPolicyLockoutSafetyCheck=false, origin=AWS_KMS, keySpec=SYMMETRIC_DEFAULT, customerMasterKeySpec=SYMMETRIC_DEFAULT, description=d, policy={"Statement":1}, tags=[{tagKey=a, tagValue=b}]}
              response {keyMetadata={aWSAccountId=111122223333, keyId=id3, arn=ARN:key/id3, creationDate=Jan 1, 2026, 12:00:04 AM, enabled=true, description=d, keyUsage=ENCRYPT_DECRYPT, keyState=Enabled, origin=AWS_KMS, keyManager=CUSTOMER, keySpec=SYMMETRIC_DEFAULT, customerMasterKeySpec=SYMMETRIC_DEFAULT, encryptionAlgorithms=[SYMMETRIC_DEFAULT], multiRegion=false}}
              AWS::KMS::Key ARN:key/id3
            CreateKey AwsApiCall 2026-01-01T00:00:05Z
              request {keyUsage=SIGN_VERIFY, bypassPolicyLockoutSafetyCheck=false, origin=EXTERNAL, keySpec=RSA_2048, customerMasterKeySpec=RSA_2048, xksKeyId=x, description=, multiRegion=true}
              error ValidationException
              message XksKeyId is not valid when Origin is EXTERNAL.
            DescribeKey (read) AwsApiCall 2026-01-01T00:00:06Z
              request {keyId=id1}
              AWS::KMS::Key ARN:key/id1
            ListKeys (read) AwsApiCall 2026-01-01T00:00:07Z
              request {limit=5}
            DisableKey AwsApiCall 2026-01-01T00:00:08Z
              request {keyId=id1}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            EnableKey AwsApiCall 2026-01-01T00:00:09Z
              request {keyId=id1}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            UpdateKeyDescription AwsApiCall 2026-01-01T00:00:10Z
              request {keyId=id1, description=new}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            TagResource AwsApiCall 2026-01-01T00:00:11Z
              request {keyId=id1, tags=[{tagKey=a, tagValue=1}, {tagKey=b, tagValue=2}]}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            UntagResource AwsApiCall 2026-01-01T00:00:12Z
              request {keyId=id1, tagKeys=[a]}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            ListResourceTags (read) AwsApiCall 2026-01-01T00:00:13Z
              request {keyId=id1, limit=5}
              AWS::KMS::Key ARN:key/id1
            PutKeyPolicy AwsApiCall 2026-01-01T00:00:14Z
              request {keyId=id1, policy={"Statement":1}, bypassPolicyLockoutSafetyCheck=false}
              response {keyId=ARN:key/id1}
              AWS::KMS::Key ARN:key/id1
            GetKeyPolicy (read) AwsApiCall 2026-01-01T00:00:15Z
              request {keyId=id1, policyName=default}
              AWS::KMS::Key ARN:key/id1
            ListKeyPolicies (read) AwsApiCall 2026-01-01T00:00:16Z
              request {keyId=id1, limit=6}
              AWS::KMS::Key ARN:key/id1
            GetKeyLastUsage (read) AwsApiCall 2026-01-01T00:00:17Z
              request {keyId=id1}
              AWS::KMS::Key ARN:key/id1
            Sign (read) AwsApiCall 2026-01-01T00:00:18Z
              request {keyId=id1}
              AWS::KMS::Key ARN:key/id1
              error InvalidKeyUsageException
              message ARN:key/id1 key usage is ENCRYPT_DECRYPT which is not valid for Sign.
            CancelKeyDeletion AwsApiCall 2026-01-01T00:00:19Z
              request {keyId=id1}
              AWS::KMS::Key ARN:key/id1
              error KMSInvalidStateException
              message ARN:key/id1 is not pending deletion.
            EnableKey AwsApiCall 2026-01-01T00:00:20Z
              request {keyId=id2}
              error NotFoundException
              message Key 'ARN:key/id2' does not exist
            """);
  }

  @Test
  void handle_inAnEvent_isWrittenAsJson() {
    account.cluster.setReference("a \"b\\c\u001f~");
    account.key(store);

    assertThat(account.journal.events().get(0).additionalEventData().get("backingKey"))
        .asString()
        .startsWith("{\"keyHandle\":\"a \\\"b\\\\c\\u001f~1\",\"backingKeyId\":\"");
  }

  @Test
  void event_ofAKeyThatFailed_hasNoAnswer() {
    account.cluster.setOutcomes(outcomes(null, Reason.UNREACHABLE));
    account.cluster.afterNext("generate", MemoryCluster.failure(Reason.INTERNAL));
    create(Create.in(store));

    assertThat(account.journal.text())
        .isEqualTo(
            """
            CreateKey AwsApiCall 2026-01-01T00:00:03Z
              request {keyUsage=ENCRYPT_DECRYPT, bypassPolicyLockoutSafetyCheck=false, origin=AWS_CLOUDHSM, keySpec=SYMMETRIC_DEFAULT, customerMasterKeySpec=SYMMETRIC_DEFAULT, customKeyStoreId=store1, description=}
              error KMSInternalException
              message The CloudHSM cluster failed. Retry the request.
            """);
  }
}
