package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static dev.cks.local.Refusals.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CustomKeyStoreType;
import software.amazon.awssdk.services.kms.model.CustomerMasterKeySpec;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.XksProxyConnectivityType;

/**
 * What KMS refuses for keys in custom key stores, and how a refusal looks (spec A.9, D.8, D.15).
 */
class RefusalsTest {
  private static final String UNSUPPORTED = "UnsupportedOperationException";
  private static final String VALIDATION = "ValidationException";
  private static final SdkBytes BYTES = SdkBytes.fromUtf8String("x");

  @Nested
  class CreatingKeys {
    private void refused(String code, Consumer<CreateKeyRequest.Builder> change) {
      try (Account account = Account.connected()) {
        assertRefused(
                code,
                () ->
                    account.kms.createKey(
                        r -> {
                          r.customKeyStoreId(account.store).origin(OriginType.AWS_CLOUDHSM);
                          change.accept(r);
                        }))
            .isNotBlank();
        assertThat(account.kms.listKeys().keys()).isEmpty();
        assertThat(account.labelsOnEachHsm()).as("nothing left behind").allMatch(l -> l.isEmpty());
      }
    }

    /** Those of the API that cks models; newer ones are no value of the enumeration to it. */
    @ParameterizedTest
    @EnumSource(
        value = KeySpec.class,
        names = {"SYMMETRIC_DEFAULT", "ML_KEM.*", "UNKNOWN.*"},
        mode = EnumSource.Mode.MATCH_NONE)
    void createKey_ofAnyOtherSpec_isRefused(KeySpec spec) {
      KeyUsageType usage =
          spec.toString().startsWith("HMAC")
              ? KeyUsageType.GENERATE_VERIFY_MAC
              : KeyUsageType.SIGN_VERIFY;
      refused(UNSUPPORTED, r -> r.keySpec(spec).keyUsage(usage));
    }

    @Test
    void createKey_withOtherSpecAndNoUsage_isInvalid() {
      refused(VALIDATION, r -> r.keySpec(KeySpec.RSA_2048));
    }

    @ParameterizedTest
    @EnumSource(
        value = KeyUsageType.class,
        names = {"SIGN_VERIFY", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"})
    void createKey_forAnyOtherUsage_isRefused(KeyUsageType usage) {
      refused(UNSUPPORTED, r -> r.keyUsage(usage));
    }

    @Test
    void createKey_multiRegion_isRefused() {
      refused(UNSUPPORTED, r -> r.multiRegion(true));
    }

    @Test
    void createKey_ofAnotherOriginInTheStore_isInvalid() {
      refused(VALIDATION, r -> r.origin(OriginType.AWS_KMS));
      refused(VALIDATION, r -> r.origin(OriginType.EXTERNAL));
      refused(VALIDATION, r -> r.origin((OriginType) null));
    }

    @Test
    void createKey_ofTheStoresOriginWithoutStore_isInvalid() {
      refused(VALIDATION, r -> r.customKeyStoreId(null));
      refused(VALIDATION, r -> r.customKeyStoreId(null).origin(OriginType.EXTERNAL_KEY_STORE));
    }

    @Test
    void createKey_withXksKey_isInvalid() {
      refused(VALIDATION, r -> r.xksKeyId("bb8562717f809024"));
    }

    @Test
    @SuppressWarnings("deprecation") // a client may still send it
    void createKey_withBothSpecs_isInvalid() {
      refused(
          VALIDATION,
          r ->
              r.keySpec(KeySpec.SYMMETRIC_DEFAULT)
                  .customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT));
    }

    @Test
    @SuppressWarnings("deprecation") // a client may still send it
    void createKey_withDeprecatedSpec_isDone() {
      try (Account account = Account.connected()) {
        assertThat(
                account
                    .kms
                    .createKey(
                        r ->
                            r.customKeyStoreId(account.store)
                                .origin(OriginType.AWS_CLOUDHSM)
                                .customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT))
                    .keyMetadata()
                    .keySpec())
            .isEqualTo(KeySpec.SYMMETRIC_DEFAULT);
      }
    }

    @Test
    void createKey_withBadEnum_tellsTheValues() {
      try (Account account = Account.connected()) {
        assertRefused(VALIDATION, () -> account.kms.createKey(r -> r.origin("NOWHERE")))
            .startsWith(
                "1 validation error detected: Value 'NOWHERE' at 'origin' failed to satisfy"
                    + " constraint: Member must satisfy enum value set: [")
            .contains("AWS_CLOUDHSM");
      }
    }

    @Test
    void createKey_outOfQuorum_isUndone() {
      try (Account account = Account.connected()) {
        account.cluster.partition("us-east-1a");
        account.cluster.partition("us-east-1b");

        assertRefused("CloudHsmClusterInvalidConfigurationException", account::customKey)
            .isNotBlank();
        assertThat(account.labelsOnEachHsm()).allMatch(labels -> labels.isEmpty());
        assertThat(account.kms.listKeys().keys()).isEmpty();
      }
    }
  }

  private static Arguments call(String name, BiConsumer<KmsClient, String> operation) {
    return Arguments.of(name, operation);
  }

  static Stream<Arguments> aboutTheOrigin() {
    return Stream.of(
        call("EnableKeyRotation", (kms, key) -> kms.enableKeyRotation(r -> r.keyId(key))),
        call("DisableKeyRotation", (kms, key) -> kms.disableKeyRotation(r -> r.keyId(key))),
        call("RotateKeyOnDemand", (kms, key) -> kms.rotateKeyOnDemand(r -> r.keyId(key))),
        call("GetKeyRotationStatus", (kms, key) -> kms.getKeyRotationStatus(r -> r.keyId(key))),
        call("ListKeyRotations", (kms, key) -> kms.listKeyRotations(r -> r.keyId(key))),
        call(
            "GetParametersForImport",
            (kms, key) ->
                kms.getParametersForImport(
                    r ->
                        r.keyId(key)
                            .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                            .wrappingKeySpec("RSA_2048"))),
        call(
            "ImportKeyMaterial",
            (kms, key) ->
                kms.importKeyMaterial(
                    r -> r.keyId(key).importToken(BYTES).encryptedKeyMaterial(BYTES))),
        call(
            "DeleteImportedKeyMaterial",
            (kms, key) -> kms.deleteImportedKeyMaterial(r -> r.keyId(key))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aboutTheOrigin")
  void rotationAndImport_ofCustomKey_areRefusedForItsOrigin(
      String name, BiConsumer<KmsClient, String> operation) {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      String text = key + " origin is AWS_CLOUDHSM which is not valid for this operation.";

      assertRefused(UNSUPPORTED, () -> operation.accept(account.kms, key)).as(name).isEqualTo(text);
      account.disconnect();
      assertRefused(UNSUPPORTED, () -> operation.accept(account.kms, key)).as(name).isEqualTo(text);
    }
  }

  static Stream<Arguments> aboutTheKind() {
    return Stream.of(
        call(
            "GenerateDataKeyPair",
            (kms, key) -> kms.generateDataKeyPair(r -> r.keyId(key).keyPairSpec("RSA_2048"))),
        call(
            "GenerateDataKeyPairWithoutPlaintext",
            (kms, key) ->
                kms.generateDataKeyPairWithoutPlaintext(
                    r -> r.keyId(key).keyPairSpec("ECC_NIST_P256"))),
        call(
            "ReplicateKey",
            (kms, key) -> kms.replicateKey(r -> r.keyId(key).replicaRegion("eu-west-1"))),
        call(
            "UpdatePrimaryRegion",
            (kms, key) -> kms.updatePrimaryRegion(r -> r.keyId(key).primaryRegion("eu-west-1"))),
        call("GetPublicKey", (kms, key) -> kms.getPublicKey(r -> r.keyId(key))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aboutTheKind")
  void pairsReplicasAndPublicKeys_ofCustomKey_areRefused(
      String name, BiConsumer<KmsClient, String> operation) {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertRefused(UNSUPPORTED, () -> operation.accept(account.kms, key)).as(name).contains(key);
    }
  }

  static Stream<Arguments> aboutTheUsage() {
    return Stream.of(
        call(
            "Sign",
            (kms, key) ->
                kms.sign(r -> r.keyId(key).message(BYTES).signingAlgorithm("RSASSA_PSS_SHA_256"))),
        call(
            "Verify",
            (kms, key) ->
                kms.verify(
                    r ->
                        r.keyId(key)
                            .message(BYTES)
                            .signature(BYTES)
                            .signingAlgorithm("RSASSA_PSS_SHA_256"))),
        call(
            "GenerateMac",
            (kms, key) ->
                kms.generateMac(r -> r.keyId(key).message(BYTES).macAlgorithm("HMAC_SHA_256"))),
        call(
            "VerifyMac",
            (kms, key) ->
                kms.verifyMac(
                    r -> r.keyId(key).message(BYTES).mac(BYTES).macAlgorithm("HMAC_SHA_256"))),
        call(
            "DeriveSharedSecret",
            (kms, key) ->
                kms.deriveSharedSecret(
                    r -> r.keyId(key).publicKey(BYTES).keyAgreementAlgorithm("ECDH"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("aboutTheUsage")
  void otherUsages_ofCustomKey_areRefused(String name, BiConsumer<KmsClient, String> operation) {
    try (Account account = Account.connected()) {
      String key = account.customKey();

      assertRefused("InvalidKeyUsageException", () -> operation.accept(account.kms, key))
          .isEqualTo(key + " key usage is ENCRYPT_DECRYPT which is not valid for " + name + ".");
    }
  }

  @Nested
  class ExternalKeyStores {
    @Test
    void create_ofExternalKeyStore_saysItIsNotSupportedYet() {
      try (Account account = Account.connected()) {
        assertRefused(
                UNSUPPORTED,
                () ->
                    account.kms.createCustomKeyStore(
                        r ->
                            r.customKeyStoreName("External")
                                .customKeyStoreType(CustomKeyStoreType.EXTERNAL_KEY_STORE)
                                .xksProxyConnectivity(XksProxyConnectivityType.PUBLIC_ENDPOINT)
                                .xksProxyUriEndpoint("https://proxy.example.com")
                                .xksProxyUriPath("/kms/xks/v1")))
            .contains("EXTERNAL_KEY_STORE");
      }
    }

    @Test
    void proxyParameters_forCloudHsmStore_areInvalid() {
      try (Account account = Account.disconnected()) {
        assertRefused(
                VALIDATION,
                () ->
                    account.kms.updateCustomKeyStore(
                        r -> r.customKeyStoreId(account.store).xksProxyUriPath("/kms/xks/v1")))
            .contains("XksProxyUriPath");
        assertRefused(
                VALIDATION,
                () ->
                    account.kms.createCustomKeyStore(
                        r ->
                            r.customKeyStoreName("Another")
                                .xksProxyUriEndpoint("https://proxy.example.com")))
            .contains("XksProxyUriEndpoint");
      }
    }
  }

  /** Keys named wrongly (spec D.1). */
  @Nested
  class KeyIds {
    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "1234abcd12ab34cd56ef1234567890ab", "mrk-fake"})
    void malformedId_isNotFound(String keyId) {
      try (Account account = Account.connected()) {
        assertRefused("NotFoundException", () -> account.key(keyId))
            .isEqualTo("Invalid keyId '" + keyId + "'");
      }
    }

    @Test
    void arnOfAnotherRegion_isNotFound() {
      try (Account account = Account.connected()) {
        String key = account.customKey().replace("us-east-1", "eu-west-1");

        assertRefused("NotFoundException", () -> account.key(key))
            .isEqualTo("Invalid arn eu-west-1");
      }
    }

    @Test
    void somethingLikeAnArn_isInvalid() {
      try (Account account = Account.connected()) {
        assertRefused("InvalidArnException", () -> account.key("arn:aws:s3:::bucket"))
            .contains("arn:aws:s3:::bucket");
      }
    }

    @Test
    void alias_whereKeysAreManaged_isNotFound() {
      try (Account account = Account.connected()) {
        account.kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(account.customKey()));

        assertRefused("NotFoundException", () -> account.kms.disableKey(r -> r.keyId("alias/a")))
            .isEqualTo("Invalid keyId 'alias/a'");
      }
    }

    @Test
    void severalMistakes_areToldTogether() {
      try (Account account = Account.connected()) {
        assertRefused(VALIDATION, () -> account.kms.encrypt(r -> {}))
            .startsWith("2 validation errors detected: ")
            .contains("Value null at 'keyId' failed to satisfy constraint: Member must not be null")
            .contains("'plaintext'");
      }
    }
  }

  /** The details that callers and retry policies look at. */
  @Nested
  class Details {
    private void assertDetails(String code, int status, ThrowingCallable call) {
      KmsException refusal = refusal(code, call);

      assertThat(refusal.statusCode()).isEqualTo(status);
      assertThat(refusal.requestId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
      assertThat(refusal.awsErrorDetails().serviceName()).isEqualTo("Kms");
      assertThat(refusal.awsErrorDetails().sdkHttpResponse().statusCode()).isEqualTo(status);
      assertThat(
              refusal.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amzn-RequestId"))
          .hasValue(refusal.requestId());
      assertThat(refusal.getMessage()).contains("Service: Kms", refusal.requestId());
    }

    @Test
    void exceptions_ofEachKind_carryTheirDetails() {
      try (Account account = Account.connected()) {
        var kms = account.kms;
        String key = account.customKey();
        String disabled = account.customKey();
        kms.disableKey(r -> r.keyId(disabled));

        assertDetails("NotFoundException", 400, () -> account.key("nonsense"));
        assertDetails(VALIDATION, 400, () -> kms.encrypt(r -> {}));
        assertDetails("DisabledException", 400, () -> account.encrypt(disabled, "x"));
        assertDetails(
            "DryRunOperationException",
            400,
            () -> kms.encrypt(r -> r.keyId(key).plaintext(BYTES).dryRun(true)));
        assertDetails("InvalidCiphertextException", 400, () -> account.decrypt(BYTES));
        assertDetails(
            "InvalidKeyUsageException",
            400,
            () -> kms.sign(r -> r.keyId(key).message(BYTES).signingAlgorithm("ECDSA_SHA_256")));
        assertDetails(UNSUPPORTED, 400, () -> kms.getPublicKey(r -> r.keyId(key)));
        assertDetails("InvalidMarkerException", 400, () -> kms.listKeys(r -> r.marker("x")));
        assertDetails(
            "CustomKeyStoreInvalidStateException",
            400,
            () -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)));
        account.cluster.cutNetwork();
        assertDetails("KMSInvalidStateException", 400, () -> account.encrypt(key, "x"));
        account.cluster.occupySessions(1024);
        assertDetails("KMSInternalException", 500, () -> account.encrypt(key, "x"));
        account.cluster.restoreNetwork();
        account.disconnect();
        assertDetails(
            "CustomKeyStoreHasCMKsException",
            400,
            () -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(account.store)));
      }
    }

    @Test
    void requestIds_differ_andAnswersHaveThemToo() {
      try (Account account = Account.connected()) {
        String one = account.kms.listKeys().responseMetadata().requestId();
        String other = account.kms.listKeys().responseMetadata().requestId();

        assertThat(one).isNotBlank().isNotEqualTo(other);
        assertThat(account.kms.listKeys().sdkHttpResponse().isSuccessful()).isTrue();
      }
    }
  }
}
