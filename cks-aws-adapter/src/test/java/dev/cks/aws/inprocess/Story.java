package dev.cks.aws.inprocess;

import dev.cks.aws.service.FakeCluster;
import dev.cks.aws.service.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateCustomKeyStoreResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.OriginType;
import software.amazon.awssdk.services.kms.model.Tag;

/** A key store from its creation to its end, and what every call came to. */
final class Story {
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("four score and seven");
  private static final Map<String, String> CONTEXT = Map.of("purpose", "é\"\\\n漢");

  private final KmsClient kms;
  private final List<Outcome> outcomes = new ArrayList<>();
  private String storeId = "cks-0";
  private String keyId = "none";

  Story(KmsClient kms) {
    this.kms = kms;
  }

  List<Outcome> tell() {
    openStore();
    makeKey();
    useKey();
    decorateKey();
    loseStore();
    endKey();
    closeStore();
    return outcomes;
  }

  private <R extends AwsResponse> Optional<R> step(Callable<R> call) {
    List<R> answers = new ArrayList<>();
    outcomes.add(
        Outcome.of(
            () -> {
              R answer = call.call();
              answers.add(answer);
              return answer;
            }));
    return answers.stream().findFirst();
  }

  private void openStore() {
    step(() -> kms.createCustomKeyStore(r -> r.customKeyStoreName("s").keyStorePassword("short")));
    storeId =
        step(() ->
                kms.createCustomKeyStore(
                    r ->
                        r.customKeyStoreName("orders")
                            .cloudHsmClusterId(World.CLUSTER_ID)
                            .trustAnchorCertificate(FakeCluster.TRUST_ANCHOR)
                            .keyStorePassword(World.PASSWORD)))
            .map(CreateCustomKeyStoreResponse::customKeyStoreId)
            .orElseThrow();
    step(
        () ->
            kms.updateCustomKeyStore(r -> r.customKeyStoreId(storeId).keyStorePassword("1234567")));
    step(() -> kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.describeCustomKeyStores(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(
        () ->
            kms.updateCustomKeyStore(
                r ->
                    r.customKeyStoreId(storeId)
                        .newCustomKeyStoreName("sales")
                        .keyStorePassword(World.PASSWORD)));
    step(() -> kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.describeCustomKeyStores());
  }

  private void makeKey() {
    keyId =
        step(() ->
                kms.createKey(
                    r ->
                        r.customKeyStoreId(storeId)
                            .origin(OriginType.AWS_CLOUDHSM)
                            .description("é")
                            .tags(tag("stage", "one"))))
            .map((CreateKeyResponse created) -> created.keyMetadata().keyId())
            .orElseThrow();
    step(() -> kms.createKey());
    step(() -> kms.describeKey(r -> r.keyId(keyId)));
    step(() -> kms.listKeys());
  }

  private void useKey() {
    SdkBytes ciphertext =
        step(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET).encryptionContext(CONTEXT)))
            .map(EncryptResponse::ciphertextBlob)
            .orElseThrow();
    step(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(CONTEXT)));
    step(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    step(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET).dryRun(true)));
    step(
        () ->
            kms.reEncrypt(
                r ->
                    r.ciphertextBlob(ciphertext)
                        .sourceEncryptionContext(CONTEXT)
                        .destinationKeyId(keyId)));
    step(() -> kms.generateDataKey(r -> r.keyId(keyId).keySpec(DataKeySpec.AES_256)));
    step(() -> kms.generateDataKeyWithoutPlaintext(r -> r.keyId(keyId).numberOfBytes(7)));
    step(() -> kms.generateRandom(r -> r.numberOfBytes(9)));
  }

  private void decorateKey() {
    step(() -> kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(keyId)));
    step(() -> kms.createAlias(r -> r.aliasName("alias/a").targetKeyId(keyId)));
    step(() -> kms.createAlias(r -> r.aliasName("alias/aws/a").targetKeyId(keyId)));
    step(() -> kms.listAliases());
    step(() -> kms.updateAlias(r -> r.aliasName("alias/a").targetKeyId(keyId)));
    step(() -> kms.deleteAlias(r -> r.aliasName("alias/a")));
    step(() -> kms.tagResource(r -> r.keyId(keyId).tags(tag("k", "v"), tag("", ""))));
    step(() -> kms.tagResource(r -> r.keyId(keyId).tags(tag("k", "v"))));
    step(() -> kms.listResourceTags(r -> r.keyId(keyId)));
    step(() -> kms.untagResource(r -> r.keyId(keyId).tagKeys("k")));
    step(() -> kms.getKeyPolicy(r -> r.keyId(keyId)));
    step(() -> kms.putKeyPolicy(r -> r.keyId(keyId).policy("{}")));
    step(() -> kms.listKeyPolicies(r -> r.keyId(keyId)));
    step(() -> kms.updateKeyDescription(r -> r.keyId(keyId).description("漢")));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().tagKey(key).tagValue(value).build();
  }

  private void loseStore() {
    step(() -> kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET)));
    step(() -> kms.describeKey(r -> r.keyId(keyId)));
    step(() -> kms.connectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.disableKey(r -> r.keyId(keyId)));
    step(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET)));
    step(() -> kms.enableKey(r -> r.keyId(keyId)));
  }

  private void endKey() {
    step(() -> kms.scheduleKeyDeletion(r -> r.keyId(keyId).pendingWindowInDays(6)));
    step(() -> kms.scheduleKeyDeletion(r -> r.keyId(keyId).pendingWindowInDays(7)));
    step(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET)));
    step(() -> kms.cancelKeyDeletion(r -> r.keyId(keyId)));
    step(() -> kms.cancelKeyDeletion(r -> r.keyId(keyId)));
  }

  private void closeStore() {
    step(() -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.deleteCustomKeyStore(r -> r.customKeyStoreId(storeId)));
    step(() -> kms.describeCustomKeyStores(r -> r.customKeyStoreId("cks-none")));
  }
}
