package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.CertificateAuthority;
import dev.cks.sim.time.Seed;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.Tag;
import software.amazon.awssdk.services.cloudtrail.CloudTrailClient;
import software.amazon.awssdk.services.kms.model.OriginType;

/** The three services answer the same, whichever way a caller comes in. */
class DoorsTest {
  private static final String MISSING_BACKUP = "backup-aaaaaaaaaaa";
  private static List<Object> direct;

  private final List<Object> said = new ArrayList<>();

  @BeforeAll
  static void tellDirectly() {
    direct = new DoorsTest().tell(Door.DIRECT);
  }

  /** Something a caller does. */
  private interface Step {
    AwsResponse take();
  }

  private <R extends AwsResponse> R say(R response) {
    assertThat(response.responseMetadata().requestId()).matches("[0-9a-f-]{36}");
    said.add(withoutTrace(response));
    return response;
  }

  /** Only what a program in another place would send differently may differ. */
  private static Object withoutTrace(SdkPojo pojo) {
    return Arrays.asList(
        pojo.getClass().getName(),
        pojo.sdkFields().stream().map(f -> plain(f.getValueOrDefault(pojo))).toList().toString());
  }

  private static String plain(Object value) {
    return String.valueOf(value).replaceAll("\"userAgent\":\"[^\"]*\"", "");
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
      cloudTrail(clients.cloudTrail());
      everyOperationEmpty(CloudTrailClient.class, clients.cloudTrail());
    }
    return said;
  }

  private void cloudHsm(Door.Clients clients) {
    CloudHsmV2Client hsm = clients.cloudHsm();
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
    say(hsm.deleteBackup(r -> r.backupId(backupId)));
    say(hsm.restoreBackup(r -> r.backupId(backupId)));
    trySo(() -> hsm.deleteBackup(r -> r.backupId(MISSING_BACKUP)));
  }

  private void kms(Door.Clients clients) {
    var kms = clients.kms();
    String store = clients.aws().keyStoreId();
    String keyId =
        say(kms.createKey(r -> r.origin(OriginType.AWS_CLOUDHSM).customKeyStoreId(store)))
            .keyMetadata()
            .keyId();
    SdkBytes secret = SdkBytes.fromUtf8String("four and twenty");
    SdkBytes ciphertext = kms.encrypt(r -> r.keyId(keyId).plaintext(secret)).ciphertextBlob();
    say(kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    say(kms.disconnectCustomKeyStore(r -> r.customKeyStoreId(store)));
    trySo(() -> kms.decrypt(r -> r.ciphertextBlob(ciphertext)));
    say(kms.describeCustomKeyStores());
    trySo(() -> kms.createKey(r -> r.origin("AWS_CLOUDHSM")));
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
