package dev.cks.local;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** One call of each operation, and what has to be there before it. */
final class AuditCalls {
  private static final SdkBytes BYTES = SdkBytes.fromUtf8String("x");
  private static final String POLICY = "{\"Statement\":[]}";

  private AuditCalls() {}

  /** What the calls name. A world whose names name nothing has every call refused. */
  record World(
      Account account,
      String store,
      String clusterId,
      String key,
      String otherKey,
      String alias,
      SdkBytes blob,
      String marker) {

    KmsClient kms() {
      return account.kms;
    }
  }

  /** A call, and what is done before it. */
  record Call(Consumer<World> before, Consumer<World> act) {}

  static Map<String, Call> all() {
    Map<String, Call> calls = new LinkedHashMap<>();
    keyStores(calls);
    keys(calls);
    attributes(calls);
    aliases(calls);
    crypto(calls);
    unsupported(calls);
    return calls;
  }

  private static void put(Map<String, Call> calls, String name, Consumer<World> act) {
    put(calls, name, world -> {}, act);
  }

  private static void put(
      Map<String, Call> calls, String name, Consumer<World> before, Consumer<World> act) {
    calls.put(name, new Call(before, act));
  }

  private static void disconnect(World w) {
    w.kms().disconnectCustomKeyStore(r -> r.customKeyStoreId(w.store));
  }

  private static void keyStores(Map<String, Call> calls) {
    put(
        calls,
        "CreateCustomKeyStore",
        w ->
            w.kms()
                .createCustomKeyStore(
                    r ->
                        r.customKeyStoreName("Second")
                            .cloudHsmClusterId(w.clusterId)
                            .trustAnchorCertificate(w.account.cluster.facts().trustAnchor())
                            .keyStorePassword(Account.PASSWORD)));
    put(
        calls,
        "ConnectCustomKeyStore",
        AuditCalls::disconnect,
        w -> w.kms().connectCustomKeyStore(r -> r.customKeyStoreId(w.store)));
    put(calls, "DisconnectCustomKeyStore", AuditCalls::disconnect);
    put(
        calls,
        "UpdateCustomKeyStore",
        AuditCalls::disconnect,
        w ->
            w.kms()
                .updateCustomKeyStore(
                    r ->
                        r.customKeyStoreId(w.store)
                            .cloudHsmClusterId(w.account.cluster.id())
                            .keyStorePassword(Account.PASSWORD)));
    put(
        calls,
        "DeleteCustomKeyStore",
        w -> {
          w.kms().scheduleKeyDeletion(r -> r.keyId(w.key).pendingWindowInDays(7));
          w.account.aws.clock().advance(Duration.ofDays(8));
          disconnect(w);
        },
        w -> w.kms().deleteCustomKeyStore(r -> r.customKeyStoreId(w.store)));
    put(
        calls,
        "DescribeCustomKeyStores",
        w -> w.kms().describeCustomKeyStores(r -> r.customKeyStoreId(w.store)));
  }

  private static void keys(Map<String, Call> calls) {
    put(
        calls,
        "CreateKey",
        w -> w.kms().createKey(r -> r.customKeyStoreId(w.store).origin(OriginType.AWS_CLOUDHSM)));
    put(calls, "DescribeKey", w -> w.kms().describeKey(r -> r.keyId(w.key)));
    put(calls, "ListKeys", w -> w.kms().listKeys(r -> r.limit(5).marker(w.marker)));
    put(calls, "EnableKey", w -> w.kms().enableKey(r -> r.keyId(w.key)));
    put(calls, "DisableKey", w -> w.kms().disableKey(r -> r.keyId(w.key)));
    put(
        calls,
        "UpdateKeyDescription",
        w -> w.kms().updateKeyDescription(r -> r.keyId(w.key).description("new")));
    put(
        calls,
        "ScheduleKeyDeletion",
        w -> w.kms().scheduleKeyDeletion(r -> r.keyId(w.key).pendingWindowInDays(7)));
    put(
        calls,
        "CancelKeyDeletion",
        w -> w.kms().scheduleKeyDeletion(r -> r.keyId(w.key)),
        w -> w.kms().cancelKeyDeletion(r -> r.keyId(w.key)));
    put(
        calls,
        "DeleteKey",
        w -> w.kms().scheduleKeyDeletion(r -> r.keyId(w.key).pendingWindowInDays(7)),
        w -> w.account.aws.clock().advance(Duration.ofDays(8)));
  }

  private static void attributes(Map<String, Call> calls) {
    Tag tag = Tag.builder().tagKey("a").tagValue("b").build();
    put(calls, "TagResource", w -> w.kms().tagResource(r -> r.keyId(w.key).tags(tag)));
    put(calls, "UntagResource", w -> w.kms().untagResource(r -> r.keyId(w.key).tagKeys("a")));
    put(calls, "ListResourceTags", w -> w.kms().listResourceTags(r -> r.keyId(w.key)));
    put(
        calls,
        "PutKeyPolicy",
        w -> w.kms().putKeyPolicy(r -> r.keyId(w.key).policyName("default").policy(POLICY)));
    put(
        calls,
        "GetKeyPolicy",
        w -> w.kms().getKeyPolicy(r -> r.keyId(w.key).policyName("default")));
    put(calls, "ListKeyPolicies", w -> w.kms().listKeyPolicies(r -> r.keyId(w.key)));
  }

  private static void aliases(Map<String, Call> calls) {
    put(
        calls,
        "CreateAlias",
        w -> w.kms().createAlias(r -> r.aliasName("alias/new").targetKeyId(w.key)));
    put(
        calls,
        "UpdateAlias",
        w -> w.kms().updateAlias(r -> r.aliasName(w.alias).targetKeyId(w.key)));
    put(calls, "DeleteAlias", w -> w.kms().deleteAlias(r -> r.aliasName(w.alias)));
    put(calls, "ListAliases", w -> w.kms().listAliases(r -> r.keyId(w.key)));
  }

  private static void crypto(Map<String, Call> calls) {
    Map<String, String> context = Map.of("purpose", "test");
    put(
        calls,
        "Encrypt",
        w -> w.kms().encrypt(r -> r.keyId(w.key).plaintext(BYTES).encryptionContext(context)));
    put(
        calls,
        "Decrypt",
        w ->
            w.kms().decrypt(r -> r.ciphertextBlob(w.blob).encryptionContext(context).keyId(w.key)));
    put(
        calls,
        "ReEncrypt",
        w ->
            w.kms()
                .reEncrypt(
                    r ->
                        r.ciphertextBlob(w.blob)
                            .sourceEncryptionContext(context)
                            .destinationKeyId(w.otherKey)
                            .destinationEncryptionContext(context)));
    put(
        calls,
        "GenerateDataKey",
        w ->
            w.kms()
                .generateDataKey(r -> r.keyId(w.key).numberOfBytes(32).encryptionContext(context)));
    put(
        calls,
        "GenerateDataKeyWithoutPlaintext",
        w ->
            w.kms()
                .generateDataKeyWithoutPlaintext(
                    r -> r.keyId(w.key).numberOfBytes(32).encryptionContext(context)));
    put(
        calls,
        "GenerateRandom",
        w -> w.kms().generateRandom(r -> r.numberOfBytes(8).customKeyStoreId(w.store)));
  }

  private static void unsupported(Map<String, Call> calls) {
    put(calls, "EnableKeyRotation", w -> w.kms().enableKeyRotation(r -> r.keyId(w.key)));
    put(calls, "DisableKeyRotation", w -> w.kms().disableKeyRotation(r -> r.keyId(w.key)));
    put(calls, "RotateKeyOnDemand", w -> w.kms().rotateKeyOnDemand(r -> r.keyId(w.key)));
    put(calls, "GetKeyRotationStatus", w -> w.kms().getKeyRotationStatus(r -> r.keyId(w.key)));
    put(calls, "ListKeyRotations", w -> w.kms().listKeyRotations(r -> r.keyId(w.key)));
    put(
        calls,
        "GetParametersForImport",
        w ->
            w.kms()
                .getParametersForImport(
                    r ->
                        r.keyId(w.key)
                            .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                            .wrappingKeySpec("RSA_2048")));
    put(
        calls,
        "ImportKeyMaterial",
        w ->
            w.kms()
                .importKeyMaterial(
                    r -> r.keyId(w.key).importToken(BYTES).encryptedKeyMaterial(BYTES)));
    put(
        calls,
        "DeleteImportedKeyMaterial",
        w -> w.kms().deleteImportedKeyMaterial(r -> r.keyId(w.key)));
    put(
        calls,
        "GenerateDataKeyPair",
        w -> w.kms().generateDataKeyPair(r -> r.keyId(w.key).keyPairSpec("RSA_2048")));
    put(
        calls,
        "GenerateDataKeyPairWithoutPlaintext",
        w ->
            w.kms()
                .generateDataKeyPairWithoutPlaintext(r -> r.keyId(w.key).keyPairSpec("RSA_2048")));
    put(
        calls,
        "ReplicateKey",
        w -> w.kms().replicateKey(r -> r.keyId(w.key).replicaRegion("eu-west-1")));
    put(
        calls,
        "UpdatePrimaryRegion",
        w -> w.kms().updatePrimaryRegion(r -> r.keyId(w.key).primaryRegion("eu-west-1")));
    put(calls, "GetPublicKey", w -> w.kms().getPublicKey(r -> r.keyId(w.key)));
    put(
        calls,
        "Sign",
        w ->
            w.kms()
                .sign(r -> r.keyId(w.key).message(BYTES).signingAlgorithm("RSASSA_PSS_SHA_256")));
    put(
        calls,
        "Verify",
        w ->
            w.kms()
                .verify(
                    r ->
                        r.keyId(w.key)
                            .message(BYTES)
                            .signature(BYTES)
                            .signingAlgorithm("RSASSA_PSS_SHA_256")));
    put(
        calls,
        "GenerateMac",
        w -> w.kms().generateMac(r -> r.keyId(w.key).message(BYTES).macAlgorithm("HMAC_SHA_256")));
    put(
        calls,
        "VerifyMac",
        w ->
            w.kms()
                .verifyMac(
                    r -> r.keyId(w.key).message(BYTES).mac(BYTES).macAlgorithm("HMAC_SHA_256")));
    put(
        calls,
        "DeriveSharedSecret",
        w ->
            w.kms()
                .deriveSharedSecret(
                    r -> r.keyId(w.key).publicKey(BYTES).keyAgreementAlgorithm("ECDH")));
  }
}
