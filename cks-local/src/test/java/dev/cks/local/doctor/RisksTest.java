package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Certainty;
import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.PlanRun;
import dev.cks.aws.doctor.Subject;
import dev.cks.aws.doctor.Urgency;
import dev.cks.local.SimulatedAws;
import dev.cks.local.SimulatedOperator;
import dev.cks.sim.SimulatedCluster;
import dev.cks.spi.ClusterFacts.ClusterState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudhsmv2.CloudHsmV2Client;
import software.amazon.awssdk.services.cloudhsmv2.model.Backup;
import software.amazon.awssdk.services.cloudhsmv2.model.Cluster;
import software.amazon.awssdk.services.cloudhsmv2.model.DescribeClustersResponse;
import software.amazon.awssdk.services.cloudhsmv2.model.Hsm;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KeyState;

/** What has not failed yet, what passes by itself, and what is only seldom seen. */
final class RisksTest {

  private static Finding find(Diagnosis diagnosis, Condition condition) {
    return diagnosis.findings().stream()
        .filter(finding -> finding.condition() == condition)
        .findFirst()
        .orElseThrow(() -> new AssertionError(diagnosis.toString()));
  }

  private static Tampered.Answer clusters(UnaryOperator<Cluster.Builder> change) {
    return (request, real) -> {
      DescribeClustersResponse answer = (DescribeClustersResponse) real.get();
      return answer.toBuilder()
          .clusters(
              answer.clusters().stream()
                  .map(cluster -> change.apply(cluster.toBuilder()).build())
                  .toList())
          .build();
    };
  }

  private static Diagnosis withClusters(Clinic clinic, UnaryOperator<Cluster.Builder> change) {
    return Doctor.builder(
            clinic.kms,
            Tampered.client(
                CloudHsmV2Client.class,
                clinic.cloudHsm,
                Map.of("describeClusters", clusters(change))),
            clinic.cloudTrail)
        .pacing(clinic.pacing())
        .build()
        .examine(clinic.store);
  }

  @Test
  void hsmsInOneZone_areARisk_thatMoreHsmsEnd() {
    try (Clinic clinic = new Clinic()) {
      clinic.cluster().addHsm("us-east-1a");
      clinic.cluster().removeHsm("us-east-1b");
      clinic.cluster().removeHsm("us-east-1c");

      Diagnosis diagnosis = clinic.doctor().examine(clinic.store);
      Finding risk = find(diagnosis, Condition.ONE_ZONE);
      assertThat(diagnosis.isHealthy()).isTrue();
      assertThat(risk.urgency()).isEqualTo(Urgency.SOON);
      PlanRun run = risk.remedy().orElseThrow().apply(Consent.given());

      assertThat(run.status()).as(run.describe()).isEqualTo(PlanRun.Status.DONE);
      assertThat(clinic.newKey()).isNotEmpty();
    }
  }

  @Test
  void subnetsInOneZone_areARisk() {
    try (Clinic clinic = new Clinic()) {
      Diagnosis diagnosis =
          withClusters(clinic, cluster -> cluster.subnetMapping(Map.of("us-east-1a", "subnet-0a")));

      assertThat(find(diagnosis, Condition.ONE_ZONE).symptom()).contains("All subnets");
    }
  }

  @Test
  void noBackup_isARisk() {
    try (Clinic clinic = new Clinic()) {
      clinic.cloudHsm.describeBackups(r -> {}).backups().stream()
          .map(Backup::backupId)
          .forEach(id -> clinic.cloudHsm.deleteBackup(r -> r.backupId(id)));

      find(clinic.doctor().examine(clinic.store), Condition.NO_BACKUP);
    }
  }

  @Test
  void everyBackupOlderThanThePassword_isNoted() {
    try (Clinic clinic = new Clinic()) {
      clinic.aws.clock().advance(Duration.ofHours(1));
      clinic.whileDisconnected(() -> {});

      Finding note = find(clinic.doctor().examine(clinic.store), Condition.BACKUP_PASSWORD_OLD);

      assertThat(note.certainty()).isEqualTo(Certainty.INFERRED);
      assertThat(note.cause()).contains("an admin must set a password");
    }
  }

  @Test
  void clusterThatIsBeingChanged_isSaidToPass() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          withClusters(clinic, cluster -> cluster.state("MODIFY_IN_PROGRESS"))
              .first()
              .orElseThrow();

      assertThat(first.condition()).isEqualTo(Condition.CLUSTER_NOT_ACTIVE);
      assertThat(first.cause()).contains("passes by itself");
    }
  }

  @Test
  void hsmsThatAreNotActive_areNotCounted() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          withClusters(
                  clinic,
                  cluster ->
                      cluster.hsms(
                          Hsm.builder()
                              .hsmId("hsm-1")
                              .availabilityZone("us-east-1a")
                              .state("DEGRADED")
                              .build()))
              .first()
              .orElseThrow();

      assertThat(first.condition()).isEqualTo(Condition.NO_ACTIVE_HSM);
      assertThat(first.cause()).contains("1 HSMs and none of them is ACTIVE");
    }
  }

  @Test
  void initialisedCluster_isActivatedByHands() {
    try (Clinic clinic = new Clinic()) {
      Finding first =
          withClusters(clinic, cluster -> cluster.state(ClusterState.INITIALIZED.name()))
              .first()
              .orElseThrow();

      assertThat(first.condition()).isEqualTo(Condition.CLUSTER_NOT_ACTIVE);
      assertThat(first.remedy().orElseThrow().describe()).contains("cluster activate");
    }
  }

  @Test
  void connecting_isWaitedFor() {
    try (SimulatedAws aws = SimulatedAws.builder().connectLatency(Duration.ofMinutes(10)).build()) {
      Doctor doctor = SimulatedOperator.of(aws).doctor().build();
      aws.kms().disconnectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));
      aws.clock().advance(Duration.ofMinutes(10));
      aws.kms().connectCustomKeyStore(r -> r.customKeyStoreId(aws.keyStoreId()));

      Finding first = doctor.examine(aws.keyStoreId()).first().orElseThrow();
      assertThat(first.condition()).isEqualTo(Condition.CONNECTION_CHANGING);
      PlanRun run = first.remedy().orElseThrow().apply(Consent.given());

      assertThat(run.status()).as(run.describe()).isEqualTo(PlanRun.Status.DONE);
      assertThat(doctor.examine(aws.keyStoreId()).isHealthy()).isTrue();
    }
  }

  @Test
  void networkThatComesBackMeanwhile_isCalledTransient() {
    try (Clinic clinic = new Clinic()) {
      SimulatedCluster cluster = clinic.cluster();
      cluster.cutNetwork();
      AtomicInteger calls = new AtomicInteger();
      Tampered.Answer healing =
          (request, real) -> {
            if (calls.incrementAndGet() == 2) {
              cluster.restoreNetwork();
            }
            return real.get();
          };

      Diagnosis diagnosis =
          Doctor.builder(
                  Tampered.client(KmsClient.class, clinic.kms, Map.of("generateRandom", healing)),
                  clinic.cloudHsm,
                  clinic.cloudTrail)
              .pacing(clinic.pacing())
              .build()
              .examine(clinic.store);

      assertThat(diagnosis.isHealthy()).isTrue();
      assertThat(find(diagnosis, Condition.COMMUNICATION_TRANSIENT).symptom())
          .contains("KMS cannot communicate with your CloudHSM cluster");
    }
  }

  @Test
  void unavailableKey_namesItsStore_afterTheStoresFinding() {
    try (Clinic clinic = new Clinic()) {
      clinic.disconnect();

      assertThat(clinic.doctor().examine(clinic.key).findings())
          .extracting(Finding::condition)
          .containsExactly(Condition.KEY_STORE_DISCONNECTED, Condition.KEY_UNAVAILABLE);
    }
  }

  @Test
  void standardKey_disabled_isEnabledAgain() {
    try (Clinic clinic = new Clinic()) {
      String key = clinic.kms.createKey().keyMetadata().arn();
      clinic.kms.disableKey(r -> r.keyId(key));

      Finding first = clinic.doctor().examine(key).first().orElseThrow();
      first.remedy().orElseThrow().apply(Consent.given());

      assertThat(first.condition()).isEqualTo(Condition.KEY_DISABLED);
      assertThat(clinic.kms.describeKey(r -> r.keyId(key)).keyMetadata().keyState())
          .isEqualTo(KeyState.ENABLED);
    }
  }

  @Test
  void everything_countsTheKeysOfAllKeyStores() {
    try (Clinic clinic = new Clinic()) {
      clinic.newKey();
      clinic.kms.createKey();

      Diagnosis diagnosis = clinic.doctor().examine(Subject.everything());

      assertThat(diagnosis.keys().byState()).isEqualTo(Map.of("Enabled", 2L));
      assertThat(diagnosis.stores()).hasSize(1);
    }
  }

  @Test
  void unknownKeyStore_isSaid() {
    try (Clinic clinic = new Clinic()) {
      assertThat(clinic.doctor().examine("cks-00000000000000000").findings())
          .extracting(Finding::condition)
          .isEqualTo(List.of(Condition.KEY_STORE_NOT_FOUND));
    }
  }

  @Test
  void timeline_tellsHowItCameToThis() {
    try (Clinic clinic = new Clinic()) {
      Trouble.CLUSTER_DELETED.happenTo(clinic);

      assertThat(clinic.doctor().examine(clinic.store).timeline())
          .extracting(entry -> entry.event())
          .containsSubsequence("CreateCustomKeyStore", "ConnectCustomKeyStore", "DeleteCluster");
    }
  }
}
