package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.CertificateAuthority;
import dev.cks.sim.SimulatedCluster;
import dev.cks.sim.time.Seed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.Tag;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.OriginType;

/** The three services answer the same, whichever way a caller comes in. */
class DoorsTest {
  private static final String MISSING_BACKUP = "backup-aaaaaaaaaaa";
  private static final SdkBytes SECRET = SdkBytes.fromUtf8String("four and twenty");

  private static List<Object> direct;

  /** The operations that succeeded at least once, by their answers. */
  private static Set<String> succeeded;

  private final List<Object> said = new ArrayList<>();
  private final Set<String> answered = new TreeSet<>();

  @BeforeAll
  static void tellDirectly() {
    DoorsTest story = new DoorsTest();
    direct = story.tell(Door.DIRECT);
    succeeded = story.answered;
  }

  /** Something a caller does. */
  private interface Step {
    AwsResponse take();
  }

  private <R extends AwsResponse> R say(R response) {
    assertThat(response.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
    said.add(withoutTrace(response));
    answered.add(response.getClass().getSimpleName().replace("Response", ""));
    return response;
  }

  /** Only what a program in another place would send differently may differ. */
  private static Object withoutTrace(SdkPojo pojo) {
    return Arrays.asList(
        pojo.getClass().getName(),
        pojo.sdkFields().stream().map(field -> plain(field, pojo)).toList().toString());
  }

  private static String plain(SdkField<?> field, SdkPojo pojo) {
    Object value = field.getValueOrDefault(pojo);
    // no two ciphertexts are alike, even of one seed
    return field.memberName().equals("CiphertextBlob") && value instanceof SdkBytes bytes
        ? bytes.asByteArrayUnsafe().length + " bytes"
        : String.valueOf(value).replaceAll("\"userAgent\":\"[^\"]*\"", "");
  }

  private void trySo(Step step) {
    try {
      say(step.take());
    } catch (AwsServiceException e) {
      assertThat(e.requestId()).matches("[0-9a-f-]{36}");
      said.add(
          Arrays.asList(
              e.getClass().getName(),
              e.statusCode(),
              e.awsErrorDetails().serviceName(),
              e.awsErrorDetails().errorCode(),
              e.awsErrorDetails().errorMessage()));
    }
  }

  private List<Object> tell(Door door) {
    try (Door.Clients clients = door.open()) {
      cloudHsm(clients);
      everyOperationEmpty(CloudHsmV2Client.class, clients.cloudHsm());
      kms(clients);
      everyOperationEmpty(KmsClient.class, clients.kms());
      cloudTrail(clients.cloudTrail());
      everyOperationEmpty(CloudTrailClient.class, clients.cloudTrail());
    }
    return said;
  }

  private void cloudHsm(Door.Clients clients) {
    CloudHsmV2Client hsm = clients.cloudHsm();
    var unused = clients.aws().inRegion("eu-west-1"); // from now on backups can be copied there
    Cluster first = say(hsm.describeClusters()).clusters().get(0);
    List<String> subnets = List.copyOf(first.subnetMapping().values());
    String id =
        say(hsm.createCluster(
                r ->
                    r.hsmType("hsm1.medium")
                        .subnetIds(subnets)
                        .tagList(Tag.builder().key("a").value("b").build())))
            .cluster()
            .clusterId();
    clients.aws().clock().advance(Duration.ofHours(1));
    String hsmId =
        say(hsm.createHsm(r -> r.clusterId(id).availabilityZone("us-east-1a"))).hsm().hsmId();
    clients.aws().clock().advance(Duration.ofHours(1));
    trySo(() -> hsm.initializeCluster(r -> r.clusterId(id).signedCert("x").trustAnchor("y")));
    String csr =
        say(hsm.describeClusters(r -> r.filters(Map.of("clusterIds", List.of(id)))))
            .clusters()
            .get(0)
            .certificates()
            .clusterCsr();
    CertificateAuthority authority = CertificateAuthority.create(Seed.of(7), "CN=Example CA");
    say(
        hsm.initializeCluster(
            r ->
                r.clusterId(id)
                    .signedCert(authority.sign(csr))
                    .trustAnchor(authority.certificate())));
    clients.aws().clock().advance(Duration.ofHours(1));
    trySo(
        () ->
            hsm.modifyCluster(
                r -> r.clusterId(id).backupRetentionPolicy(p -> p.type("DAYS").value("30"))));
    trySo(() -> hsm.deleteCluster(r -> r.clusterId(id)));
    say(hsm.deleteHsm(r -> r.clusterId(id).hsmId(hsmId)));
    clients.aws().clock().advance(Duration.ofHours(1));
    say(hsm.deleteCluster(r -> r.clusterId(id)));
    tagsAndBackups(hsm, first.clusterId());
    trySo(() -> hsm.describeClusters(r -> r.maxResults(26)));
    trySo(() -> hsm.describeClusters(r -> r.filters(Map.of("colour", List.of("red")))));
    trySo(
        () ->
            hsm.createHsm(r -> r.clusterId("cluster-aaaaaaaaaaa").availabilityZone("us-east-1a")));
  }

  private void tagsAndBackups(CloudHsmV2Client hsm, String id) {
    say(hsm.tagResource(r -> r.resourceId(id).tagList(Tag.builder().key("k").value("v").build())));
    say(hsm.listTags(r -> r.resourceId(id)));
    say(hsm.untagResource(r -> r.resourceId(id).tagKeyList("k")));
    var backup = say(hsm.describeBackups()).backups().get(0);
    String backupId = backup.backupId();
    say(hsm.modifyBackupAttributes(r -> r.backupId(backupId).neverExpires(true)));
    say(hsm.putResourcePolicy(r -> r.resourceArn(backup.backupArn()).policy("{}")));
    say(hsm.getResourcePolicy(r -> r.resourceArn(backup.backupArn())));
    say(hsm.deleteResourcePolicy(r -> r.resourceArn(backup.backupArn())));
    trySo(() -> hsm.copyBackupToRegion(r -> r.backupId(backupId).destinationRegion("us-east-1")));
    say(hsm.copyBackupToRegion(r -> r.backupId(backupId).destinationRegion("eu-west-1")));
    say(hsm.deleteBackup(r -> r.backupId(backupId)));
    say(hsm.restoreBackup(r -> r.backupId(backupId)));
    trySo(() -> hsm.deleteBackup(r -> r.backupId(MISSING_BACKUP)));
  }

  private void kms(Door.Clients clients) {
    KmsClient kms = clients.kms();
    String store = clients.aws().keyStoreId();
    String keyId = createKey(kms, store);
    String other = createKey(kms, store);
    say(kms.describeKey(r -> r.keyId(keyId)));
    say(kms.listKeys(r -> r.limit(1)));
    say(kms.updateKeyDescription(r -> r.keyId(keyId).description("orders")));
    use(kms, store, keyId, other);
    decorate(kms, keyId, other);
    grants(kms, keyId);
    refusedFor(kms, keyId);
    say(kms.disableKey(r -> r.keyId(keyId)));
    trySo(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET)));
    say(kms.enableKey(r -> r.keyId(keyId)));
    keyStore(clients, store, keyId);
    end(clients, store, List.of(keyId, other));
  }

  private String createKey(KmsClient kms, String store) {
    return say(kms.createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(store)))
        .keyMetadata()
        .keyId();
  }

  private void use(KmsClient kms, String store, String keyId, String other) {
    Map<String, String> context = Map.of("purpose", "é\"\\\n漢");
    SdkBytes ciphertext =
        say(kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET).encryptionContext(context)))
            .ciphertextBlob();
    say(kms.decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(context)));
    trySo(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    trySo(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext).keyId(other)));
    trySo(() -> kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET).dryRun(true)));
    say(
        kms.reEncrypt(
            r ->
                r.ciphertextBlob(ciphertext)
                    .sourceEncryptionContext(context)
                    .destinationKeyId(other)));
    say(kms.generateDataKey(r -> r.keyId(keyId).keySpec("AES_256")));
    say(kms.generateDataKeyWithoutPlaintext(r -> r.keyId(keyId).numberOfBytes(9)));
    say(kms.generateRandom(r -> r.numberOfBytes(9).customKeyStoreId(store)));
    say(kms.getKeyLastUsage(r -> r.keyId(keyId)));
  }

  private void decorate(KmsClient kms, String keyId, String other) {
    say(kms.createAlias(r -> r.aliasName("alias/orders").targetKeyId(keyId)));
    say(kms.updateAlias(r -> r.aliasName("alias/orders").targetKeyId(other)));
    say(kms.listAliases());
    say(kms.deleteAlias(r -> r.aliasName("alias/orders")));
    var tag =
        software.amazon.awssdk.services.kms.model.Tag.builder().tagKey("k").tagValue("v").build();
    say(kms.tagResource(r -> r.keyId(keyId).tags(tag)));
    say(kms.listResourceTags(r -> r.keyId(keyId)));
    say(kms.untagResource(r -> r.keyId(keyId).tagKeys("k")));
    String policy = say(kms.getKeyPolicy(r -> r.keyId(keyId))).policy();
    say(kms.putKeyPolicy(r -> r.keyId(keyId).policy(policy)));
    say(kms.listKeyPolicies(r -> r.keyId(keyId)));
  }

  private void grants(KmsClient kms, String keyId) {
    String role = "arn:aws:iam::111122223333:role/Reader";
    CreateGrantRequest request =
        CreateGrantRequest.builder()
            .keyId(keyId)
            .granteePrincipal(role)
            .retiringPrincipal(role)
            .operationsWithStrings("Decrypt", "DescribeKey")
            .constraints(c -> c.encryptionContextSubset(Map.of("a", "b")))
            .name("readers")
            .build();
    String token = say(kms.createGrant(request)).grantToken();
    say(kms.createGrant(request));
    trySo(() -> kms.createGrant(request.toBuilder().dryRun(true).build()));
    say(kms.listGrants(r -> r.keyId(keyId)));
    say(kms.listRetirableGrants(r -> r.retiringPrincipal(role)));
    say(kms.retireGrant(r -> r.grantToken(token)));
    String grantId = say(kms.createGrant(request)).grantId();
    say(kms.revokeGrant(r -> r.keyId(keyId).grantId(grantId)));
    trySo(() -> kms.revokeGrant(r -> r.keyId(keyId).grantId(grantId)));
  }

  /** What no key in a key store can do. */
  private void refusedFor(KmsClient kms, String keyId) {
    trySo(() -> kms.enableKeyRotation(r -> r.keyId(keyId)));
    trySo(() -> kms.disableKeyRotation(r -> r.keyId(keyId)));
    trySo(() -> kms.rotateKeyOnDemand(r -> r.keyId(keyId)));
    trySo(() -> kms.getKeyRotationStatus(r -> r.keyId(keyId)));
    trySo(() -> kms.listKeyRotations(r -> r.keyId(keyId)));
    trySo(
        () ->
            kms.getParametersForImport(
                r ->
                    r.keyId(keyId)
                        .wrappingAlgorithm("RSAES_OAEP_SHA_256")
                        .wrappingKeySpec("RSA_2048")));
    trySo(
        () ->
            kms.importKeyMaterial(
                r -> r.keyId(keyId).importToken(SECRET).encryptedKeyMaterial(SECRET)));
    trySo(() -> kms.deleteImportedKeyMaterial(r -> r.keyId(keyId)));
    trySo(() -> kms.replicateKey(r -> r.keyId(keyId).replicaRegion("eu-west-1")));
    trySo(() -> kms.updatePrimaryRegion(r -> r.keyId(keyId).primaryRegion("eu-west-1")));
    trySo(() -> kms.getPublicKey(r -> r.keyId(keyId)));
    trySo(() -> kms.generateDataKeyPair(r -> r.keyId(keyId).keyPairSpec("RSA_2048")));
    trySo(
        () -> kms.generateDataKeyPairWithoutPlaintext(r -> r.keyId(keyId).keyPairSpec("RSA_2048")));
    trySo(
        () -> kms.sign(r -> r.keyId(keyId).message(SECRET).signingAlgorithm("RSASSA_PSS_SHA_256")));
    trySo(
        () ->
            kms.verify(
                r ->
                    r.keyId(keyId)
                        .message(SECRET)
                        .signature(SECRET)
                        .signingAlgorithm("RSASSA_PSS_SHA_256")));
    trySo(() -> kms.generateMac(r -> r.keyId(keyId).message(SECRET).macAlgorithm("HMAC_SHA_256")));
    trySo(
        () ->
            kms.verifyMac(
                r -> r.keyId(keyId).message(SECRET).mac(SECRET).macAlgorithm("HMAC_SHA_256")));
    trySo(
        () ->
            kms.deriveSharedSecret(
                r -> r.keyId(keyId).publicKey(SECRET).keyAgreementAlgorithm("ECDH")));
  }

  private void keyStore(Door.Clients clients, String store, String keyId) {
    KmsClient kms = clients.kms();
    SdkBytes ciphertext = say(kms.encrypt(r -> r.keyId(keyId).plaintext(SECRET))).ciphertextBlob();
    say(kms.updateCustomKeyStore(r -> r.customKeyStoreId(store).newCustomKeyStoreName("Other")));
    trySo(() -> kms.connectCustomKeyStore(r -> r.customKeyStoreId(store)));
    say(kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store)));
    trySo(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    say(kms.describeCustomKeyStores());
    say(kms.connectCustomKeyStore(r -> r.customKeyStoreId(store)));
    say(kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    trySo(() -> kms.createKey(r -> r.origin("AWS_CLOUDHSM")));
  }

  private void end(Door.Clients clients, String store, List<String> keyIds) {
    KmsClient kms = clients.kms();
    for (String keyId : keyIds) {
      say(kms.scheduleKeyDeletion(r -> r.keyId(keyId).pendingWindowInDays(7)));
    }
    say(kms.cancelKeyDeletion(r -> r.keyId(keyIds.get(0))));
    say(kms.scheduleKeyDeletion(r -> r.keyId(keyIds.get(0)).pendingWindowInDays(7)));
    clients.aws().clock().advance(Duration.ofDays(8));
    trySo(() -> kms.describeKey(r -> r.keyId(keyIds.get(0))));
    say(kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store)));
    say(kms.deleteCustomKeyStore(r -> r.customKeyStoreId(store)));
    SimulatedCluster cluster = clients.aws().cluster();
    say(
        kms.createCustomKeyStore(
            r ->
                r.customKeyStoreName("Again")
                    .cloudHsmClusterId(cluster.id())
                    .trustAnchorCertificate(cluster.facts().trustAnchor())
                    .keyStorePassword("kmsPswd01")));
    say(kms.describeCustomKeyStores());
  }

  private void cloudTrail(CloudTrailClient trail) {
    var page = say(trail.lookupEvents(r -> r.maxResults(10)));
    say(trail.lookupEvents(r -> r.maxResults(10).nextToken(page.nextToken())));
    trySo(() -> trail.lookupEvents(r -> r.maxResults(51)));
    trySo(() -> trail.lookupEvents(r -> r.nextToken("x")));
  }

  private void everyOperationEmpty(Class<?> api, Object client) {
    operations(api)
        .forEach(
            method ->
                trySo(
                    () -> {
                      try {
                        return (AwsResponse) method.invoke(client, empty(method));
                      } catch (InvocationTargetException e) {
                        throw (RuntimeException) e.getCause();
                      } catch (ReflectiveOperationException e) {
                        throw new LinkageError("the interface of the SDK is another one", e);
                      }
                    }));
  }

  private static Stream<Method> operations(Class<?> api) {
    return Arrays.stream(api.getMethods())
        .filter(
            method ->
                method.getParameterCount() == 1
                    && AwsRequest.class.isAssignableFrom(method.getParameterTypes()[0])
                    && AwsResponse.class.isAssignableFrom(method.getReturnType()))
        .sorted(Comparator.comparing(Method::getName));
  }

  private static Object empty(Method method) throws ReflectiveOperationException {
    Object builder = method.getParameterTypes()[0].getMethod("builder").invoke(null);
    return ((software.amazon.awssdk.utils.builder.Buildable) builder).build();
  }

  @Test
  void theStoryIsWorthTelling() {
    assertThat(operations(CloudHsmV2Client.class)).hasSize(18);
    assertThat(direct).hasSizeGreaterThan(100);
    assertThat(direct.toString())
        .contains("CloudHsmInvalidRequestException")
        .contains("CloudHsmResourceNotFoundException")
        .contains("UnknownOperationException")
        .contains("InvalidNextTokenException")
        .doesNotContain("InternalFailure");
  }

  /** Every operation is tried with nothing in it; what can succeed, does so too. */
  @Test
  void noOperationIsLeftOut() {
    assertThat(operations(KmsClient.class)).hasSize(56);
    List<String> never = new ArrayList<>();
    Stream.of(KmsClient.class, CloudHsmV2Client.class)
        .flatMap(DoorsTest::operations)
        .map(method -> method.getParameterTypes()[0].getSimpleName().replace("Request", ""))
        .filter(operation -> !succeeded.contains(operation))
        .forEach(never::add);
    assertThat(succeeded).contains("LookupEvents");
    assertThat(never)
        .containsExactlyInAnyOrder(
            // what keys in key stores cannot do
            "DeleteImportedKeyMaterial",
            "DeriveSharedSecret",
            "DisableKeyRotation",
            "EnableKeyRotation",
            "GenerateDataKeyPair",
            "GenerateDataKeyPairWithoutPlaintext",
            "GenerateMac",
            "GetKeyRotationStatus",
            "GetParametersForImport",
            "GetPublicKey",
            "ImportKeyMaterial",
            "ListKeyRotations",
            "ReplicateKey",
            "RotateKeyOnDemand",
            "Sign",
            "UpdatePrimaryRegion",
            "Verify",
            "VerifyMac",
            // newer than the API that cks models
            "Decapsulate",
            "Encapsulate");
  }

  @ParameterizedTest
  @EnumSource(names = {"IN_PROCESS", "ASYNC", "SOCKET"})
  void everyDoorTellsTheSame(Door door) {
    List<Object> told = tell(door);
    assertThat(told).hasSameSizeAs(direct);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i)).as("step " + i).isEqualTo(direct.get(i));
    }
  }
}
