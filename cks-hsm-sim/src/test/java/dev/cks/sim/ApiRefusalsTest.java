package dev.cks.sim;

import static dev.cks.sim.Account.A;
import static dev.cks.sim.Account.B;
import static dev.cks.sim.Account.C;
import static dev.cks.sim.Account.CALLER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cks.service.Page;
import dev.cks.sim.api.CloudHsmErrorCode;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.api.CloudHsmV2;
import dev.cks.sim.api.Cluster;
import dev.cks.sim.api.ClusterMode;
import dev.cks.sim.api.Hsm;
import dev.cks.sim.api.RetentionPolicy;
import dev.cks.sim.api.Tag;
import dev.cks.spi.AuditEvent;
import dev.cks.spi.AuditSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What each operation refuses, with nothing changed; and what the calls leave in the audit. */
final class ApiRefusalsTest {
  private final List<AuditEvent> events = new ArrayList<>();
  private final Account account = new Account(plan -> plan.audit(new Recorder()));
  private final CloudHsmV2 api = account.api;

  private final class Recorder implements AuditSink {
    @Override
    public boolean wants(String operation, boolean success) {
      return true;
    }

    @Override
    public void record(AuditEvent event) {
      events.add(event);
    }
  }

  private void invalid(ThrowingCallable call) {
    account.assertRefused(CloudHsmErrorCode.INVALID_REQUEST, call);
  }

  private void notFound(ThrowingCallable call) {
    account.assertRefused(CloudHsmErrorCode.RESOURCE_NOT_FOUND, call);
  }

  private Cluster create(List<String> subnets) {
    return api.createCluster(CloudHsmRequests.CreateCluster.in(subnets), CALLER);
  }

  private Cluster create(String type, ClusterMode mode, RetentionPolicy retention, Tag... tags) {
    return api.createCluster(
        new CloudHsmRequests.CreateCluster(
            type, account.subnets, null, retention, null, mode, List.of(tags)),
        CALLER);
  }

  @Test
  void createCluster_wrongSubnets_isRefused() {
    String otherVpc = account.service.network().createVpc("10.9.0.0/16");
    String elsewhere = account.service.network().createSubnet(otherVpc, B, "10.9.0.0/24");
    String sameZone = account.service.network().createSubnet(account.vpc, A, "10.1.9.0/24");
    String first = account.subnets.get(0);

    invalid(() -> create(List.of()));
    invalid(() -> create(null));
    invalid(() -> create(List.of("subnet-00000000")));
    invalid(() -> create(List.of(first, elsewhere)));
    invalid(() -> create(List.of(first, sameZone)));
    account.service.network().deleteSubnet(sameZone);
    invalid(() -> create(List.of(sameZone)));
  }

  @Test
  void createCluster_wrongTypeModeRetentionOrTags_isRefused() {
    invalid(() -> create("hsm9.large", null, null));
    invalid(() -> create("hsm1.medium", ClusterMode.NON_FIPS, null));
    invalid(() -> create("hsm1.medium", null, RetentionPolicy.days(6)));
    invalid(() -> create("hsm1.medium", null, RetentionPolicy.days(380)));
    invalid(() -> create("hsm1.medium", null, new RetentionPolicy("WEEKS", "9")));
    Tag tag = new Tag("k", "v");
    account.assertRefused(CloudHsmErrorCode.TAG, () -> create("hsm1.medium", null, null, tag, tag));
    account.assertRefused(
        CloudHsmErrorCode.TAG, () -> create("hsm1.medium", null, null, new Tag("aws:k", "v")));
    assertThat(create("hsm2m.medium", ClusterMode.NON_FIPS, RetentionPolicy.days(379)).mode())
        .isEqualTo(ClusterMode.NON_FIPS);
  }

  @Test
  void createCluster_fifthOrFromWrongBackup_isRefused() {
    SimulatedCluster ready = account.service.cluster().create();
    String backup = account.backups(ready.id()).get(0).backupId();
    api.deleteBackup(backup, CALLER);
    invalid(() -> account.restored(backup));
    notFound(() -> account.restored("backup-aaaaaaaaaaa"));

    IntStream.range(0, 4).forEach(i -> create(account.subnets));
    invalid(() -> create(account.subnets));
  }

  @Test
  void createHsm_wrongPlace_isRefused() {
    String id = create(account.subnets).clusterId();
    invalid(() -> createHsm(id, A, null)); // still being made
    account.wait20Minutes();

    notFound(() -> createHsm("cluster-aaaaaaaaaaa", A, null));
    notFound(() -> createHsm("nonsense", A, null));
    invalid(() -> createHsm(null, A, null));
    invalid(() -> createHsm(id, null, null));
    invalid(() -> createHsm(id, "us-east-1f", null));
    invalid(() -> createHsm(id, A, "10.1.1.9"));
    invalid(() -> createHsm(id, A, "10.1.0.3"));
    invalid(() -> createHsm(id, A, "300.1.0.9"));
    account.service.network().takeAddresses(account.subnets.get(2), 11);
    invalid(() -> createHsm(id, C, null));
    account.service.network().deleteSubnet(account.subnets.get(1));
    invalid(() -> createHsm(id, B, null));

    assertThat(createHsm(id, A, "10.1.0.77").eniIp()).isEqualTo("10.1.0.77");
    invalid(() -> createHsm(id, A, "10.1.0.77"));
  }

  private Hsm createHsm(String id, String zone, String ip) {
    return api.createHsm(new CloudHsmRequests.CreateHsm(id, zone, ip), CALLER);
  }

  @Test
  void createHsm_seventhOfTheAccount_isRefusedButReadyMadeOnesAreFree() {
    account.service.cluster().create();
    String id = account.cluster();
    IntStream.range(0, 6).forEach(i -> createHsm(id, A, null));

    invalid(() -> createHsm(id, A, null));

    Account counted = new Account();
    counted.service.cluster().nodes(6).countTowardsQuotas().create();
    String other = counted.cluster();
    counted.assertRefused(CloudHsmErrorCode.INVALID_REQUEST, () -> counted.hsm(other, A));
  }

  @Test
  void createHsm_beyondTheClustersQuota_isRefused() {
    SimulatedCluster full = account.service.cluster().nodes(28).create();

    invalid(() -> createHsm(full.id(), A, null));
  }

  @Test
  void deleteHsm_noneOrUnknownOrOnItsWay_isRefused() {
    SimulatedCluster cluster = account.service.cluster().create();
    Hsm hsm = cluster.hsms().get(0);

    invalid(() -> deleteHsm(cluster.id(), null, null, null));
    notFound(() -> deleteHsm(cluster.id(), "hsm-aaaaaaaaaaa", null, null));
    notFound(() -> deleteHsm(cluster.id(), null, "eni-00000000", null));
    notFound(() -> deleteHsm(cluster.id(), null, null, "1.2.3.4"));
    notFound(() -> deleteHsm(cluster.id(), hsm.hsmId(), null, cluster.hsms().get(1).eniIp()));
    notFound(() -> deleteHsm("cluster-aaaaaaaaaaa", hsm.hsmId(), null, null));

    assertThat(deleteHsm(cluster.id(), null, null, hsm.eniIp())).isEqualTo(hsm.hsmId());
    invalid(() -> deleteHsm(cluster.id(), hsm.hsmId(), null, null));
    assertThat(cluster.facts().activeHsms()).hasSize(2);
    assertThat(deleteHsm(cluster.id(), null, cluster.hsms().get(1).eniId(), null)).isNotNull();
  }

  private String deleteHsm(String id, String hsm, String eni, String ip) {
    return api.deleteHsm(new CloudHsmRequests.DeleteHsm(id, hsm, eni, ip), CALLER);
  }

  @Test
  void deleteCluster_withHsmsOrUnknownOrOnItsWay_isRefused() {
    String id = account.cluster();
    account.hsm(id, A);
    invalid(() -> api.deleteCluster(id, CALLER));
    notFound(() -> api.deleteCluster("cluster-aaaaaaaaaaa", CALLER));
    account.deleteHsm(id, account.describe(id).hsms().get(0).hsmId());

    api.deleteCluster(id, CALLER);

    invalid(() -> api.deleteCluster(id, CALLER));
    account.wait20Minutes();
    notFound(() -> api.deleteCluster(id, CALLER));
  }

  @Test
  void modifyCluster_nothingOrWrong_isRefused() {
    String id = account.active().id();
    invalid(() -> modify(id, null, null));
    invalid(() -> modify(id, "hsm1.medium", null));
    invalid(() -> modify(id, "hsm9.medium", null));
    invalid(() -> modify(id, null, RetentionPolicy.days(1)));
    invalid(() -> modify(id, "hsm2m.medium", RetentionPolicy.days(1)));
    invalid(() -> modify(id, "hsm9.medium", RetentionPolicy.days(10)));
    notFound(() -> modify("cluster-aaaaaaaaaaa", null, RetentionPolicy.days(10)));
    String fresh = account.cluster();
    invalid(() -> modify(fresh, "hsm2m.medium", null));
  }

  private Cluster modify(String id, String type, RetentionPolicy policy) {
    return api.modifyCluster(new CloudHsmRequests.ModifyCluster(id, type, policy), CALLER);
  }

  @Test
  void backupOperations_unknownOrWrongState_areRefused() {
    String backup = account.backups(account.service.cluster().create().id()).get(0).backupId();
    String unknown = "backup-aaaaaaaaaaa";
    notFound(() -> api.deleteBackup(unknown, CALLER));
    notFound(() -> api.restoreBackup(unknown, CALLER));
    notFound(() -> exempt(unknown));
    notFound(() -> copy(unknown));
    invalid(() -> api.deleteBackup(null, CALLER));
    invalid(() -> api.restoreBackup(backup, CALLER));

    api.deleteBackup(backup, CALLER);

    invalid(() -> api.deleteBackup(backup, CALLER));
    invalid(() -> exempt(backup));
    invalid(() -> copy(backup));
  }

  private void exempt(String backup) {
    api.modifyBackupAttributes(new CloudHsmRequests.ModifyBackupAttributes(backup, true), CALLER);
  }

  private void copy(String backup) {
    api.copyBackupToRegion(
        new CloudHsmRequests.CopyBackupToRegion("us-west-2", backup, List.of()), CALLER);
  }

  @Test
  void resourcePolicy_ofABackup_isKeptShownAndRemoved() {
    String arn = account.backups(account.service.cluster().create().id()).get(0).backupArn();
    assertThat(arn).matches("arn:aws:cloudhsm:us-east-1:111122223333:backup/backup-\\w{11}");
    assertThat(api.getResourcePolicy(arn, CALLER).policy()).isNull();
    notFound(() -> api.deleteResourcePolicy(arn, CALLER));
    invalid(() -> put(arn, "no JSON"));
    invalid(() -> put(arn.replaceFirst(".*/", ""), "{}"));
    notFound(() -> put(arn + "x", "{}"));

    put(arn, "{}");

    assertThat(api.getResourcePolicy(arn, CALLER).policy()).isEqualTo("{}");
    assertThat(api.deleteResourcePolicy(arn, CALLER).policy()).isEqualTo("{}");
    assertThat(api.getResourcePolicy(arn, CALLER).policy()).isNull();
  }

  private void put(String arn, String policy) {
    api.putResourcePolicy(new CloudHsmRequests.PutResourcePolicy(arn, policy), CALLER);
  }

  @Test
  void tags_ofClusterAndBackup_areAddedPagedAndRemoved() {
    SimulatedCluster cluster = account.service.cluster().create();
    for (String id : List.of(cluster.id(), account.backups(cluster.id()).get(0).backupId())) {
      tag(id, new Tag("b", "1"), new Tag("a", "2"));
      tag(id, new Tag("b", "3"));
      Page<Tag> first = tags(id, 1, null);
      assertThat(first.items()).containsExactly(new Tag("a", "2"));
      assertThat(tags(id, 1, first.nextMarker()).items()).containsExactly(new Tag("b", "3"));
      invalid(() -> tags(id, 1, "nonsense"));
      invalid(() -> tags(id, 101, null));
      api.untagResource(new CloudHsmRequests.UntagResource(id, List.of("a", "z")), CALLER);
      assertThat(tags(id, null, null).items()).containsExactly(new Tag("b", "3"));

      account.assertRefused(
          CloudHsmErrorCode.TAG, () -> tag(id, new Tag("c", "1"), new Tag("c", "2")));
      Tag[] fifty = IntStream.range(0, 50).mapToObj(i -> new Tag("k" + i, "")).toArray(Tag[]::new);
      account.assertRefused(CloudHsmErrorCode.RESOURCE_LIMIT_EXCEEDED, () -> tag(id, fifty));
    }
    notFound(() -> tags("cluster-aaaaaaaaaaa", null, null));
    notFound(() -> tag("backup-aaaaaaaaaaa", new Tag("a", "b")));
    notFound(
        () -> api.untagResource(new CloudHsmRequests.UntagResource("x", List.of("a")), CALLER));
  }

  private void tag(String id, Tag... tags) {
    api.tagResource(new CloudHsmRequests.TagResource(id, List.of(tags)), CALLER);
  }

  private Page<Tag> tags(String id, Integer max, String token) {
    return api.listTags(new CloudHsmRequests.ListTags(id, max, token), CALLER);
  }

  @Test
  void describeClusters_filtersAndPages() {
    String one = account.cluster();
    String two = account.cluster();
    account.service.cluster().create();

    assertThat(ids(Map.of("states", List.of("UNINITIALIZED")))).containsExactly(one, two);
    assertThat(ids(Map.of("vpcIds", List.of(account.vpc)))).containsExactly(one, two);
    assertThat(ids(Map.of("clusterIds", List.of(two), "states", List.of("ACTIVE")))).isEmpty();
    invalid(() -> ids(Map.of("states", List.of("LOST"))));
    invalid(() -> ids(Map.of("colours", List.of("red"))));
    invalid(() -> clusters(0, null));
    invalid(() -> clusters(26, null));
    Page<Cluster> first = clusters(2, null);
    assertThat(first.items()).hasSize(2);
    assertThat(clusters(2, first.nextMarker()).items()).hasSize(1);
    assertThat(clusters(3, null).truncated()).isFalse();
  }

  private List<String> ids(Map<String, List<String>> filters) {
    return api
        .describeClusters(new CloudHsmRequests.DescribeClusters(filters, null, null), CALLER)
        .items()
        .stream()
        .map(Cluster::clusterId)
        .toList();
  }

  private Page<Cluster> clusters(Integer max, String token) {
    return api.describeClusters(
        new CloudHsmRequests.DescribeClusters(Map.of(), max, token), CALLER);
  }

  @Test
  void audit_successAndRefusal_oneEventEach() {
    String id = create(account.subnets).clusterId();
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.source()).isEqualTo("cloudhsm.amazonaws.com");
              assertThat(event.name()).isEqualTo("CreateCluster");
              assertThat(event.principalArn()).isEqualTo(CALLER.principalArn());
              assertThat(event.errorCode()).isNull();
              assertThat(event.readOnly()).isFalse();
              assertThat(event.resources())
                  .containsExactly(
                      new AuditEvent.Resource(
                          "AWS::CloudHSM::Cluster",
                          "arn:aws:cloudhsm:us-east-1:111122223333:cluster/" + id));
            });
    events.clear();

    assertThat(catchThrowable(() -> api.deleteCluster("cluster-aaaaaaaaaaa", CALLER))).isNotNull();

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.errorCode()).isEqualTo("CloudHsmResourceNotFoundException");
              assertThat(event.responseElements()).isNull();
            });
  }
}
