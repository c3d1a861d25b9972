package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Condition;
import dev.cks.aws.doctor.Consent;
import dev.cks.aws.doctor.Diagnosis;
import dev.cks.aws.doctor.Doctor;
import dev.cks.aws.doctor.Finding;
import dev.cks.aws.doctor.Hands;
import dev.cks.aws.doctor.KeyInventory.KeyObject;
import dev.cks.aws.doctor.Kind;
import dev.cks.aws.doctor.ManualTask;
import dev.cks.aws.doctor.Plan;
import dev.cks.aws.doctor.PlanRun;
import dev.cks.aws.doctor.PlanRun.Status;
import dev.cks.aws.doctor.Remedy;
import dev.cks.aws.doctor.StepResult.Verdict;
import dev.cks.local.SimulatedOperator;
import dev.cks.sim.SimulatedCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans: what they say, what they may do, where they stop, and how they go on. */
final class PlansTest {

  private static Plan remedy(Doctor doctor, String id, Condition condition) {
    Diagnosis diagnosis = doctor.examine(id);
    return diagnosis.findings().stream()
        .filter(finding -> finding.condition() == condition)
        .findFirst()
        .orElseThrow(() -> new AssertionError(diagnosis.toString()))
        .remedy()
        .orElseThrow();
  }

  private static PlanRun done(Plan plan, Consent consent) {
    PlanRun run = plan.apply(consent);
    assertThat(run.status()).as(run.describe()).isEqualTo(Status.DONE);
    return run;
  }

  // what a plan says

  @Test
  void describe_isARunbook() {
    try (Clinic clinic = new Clinic()) {
      Trouble.CHANGED_PASSWORD.happenTo(clinic);

      assertThat(remedy(clinic.doctor(), clinic.store, Condition.INVALID_CREDENTIALS).describe())
          .startsWith("Repair the credentials of kmsuser: " + clinic.store)
          .contains("1. Disconnect the key store [API]")
          .contains("Unavailable until it is connected again (step 4)")
          .contains("undo: connect it again")
          .contains("2. Set a new password of kmsuser, as an admin of the cluster [MANUAL]")
          .contains("configure-cli --cluster-id " + clinic.cluster().id())
          .contains("user change-password --username kmsuser --role crypto-user")
          .contains("it asks: for kmsuser's password");
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"CHANGED_PASSWORD", "PASSWORD_CHANGED_ON_SOME", "LOCKED_OUT", "FORGOTTEN_SESSION"})
  void olderTools_doTheSame(Trouble trouble) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);
      Doctor doctor = clinic.builder().olderTools(true).build();

      Plan plan = remedy(doctor, clinic.store, trouble.expected);
      assertThat(plan.describe()).contains("changePswd CU kmsuser -hpswd");
      done(plan, Consent.given());

      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  // consent

  @ParameterizedTest
  @EnumSource(Trouble.class)
  void dryRun_changesNothing(Trouble trouble) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);
      Plan plan = remedy(clinic.doctor(), clinic.key, trouble.expected);
      String before = clinic.entry().toString();

      PlanRun run = plan.apply(Consent.dryRun());

      assertThat(run.status()).isEqualTo(Status.DRY_RUN);
      assertThat(run.results()).hasSameSizeAs(plan.steps());
      assertThat(clinic.hands.done()).isEmpty();
      assertThat(clinic.entry()).hasToString(before);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void orphan_isDeleted_onlyIfItIsNamed(boolean older) {
    try (Clinic clinic = new Clinic()) {
      String doomed = clinic.newKey();
      clinic.kms.scheduleKeyDeletion(r -> r.keyId(doomed).pendingWindowInDays(7));
      clinic.disconnect();
      clinic.aws.clock().advance(Duration.ofDays(8));
      clinic.connect();
      Doctor doctor = clinic.builder().olderTools(older).build();
      Plan plan = remedy(doctor, clinic.store, Condition.ORPHANED_MATERIAL);

      PlanRun refused = plan.apply(Consent.given());
      assertThat(refused.status()).isEqualTo(Status.REFUSED);
      assertThat(clinic.connection()).isEqualTo("CONNECTED");
      assertThat(clinic.cluster().labelsOn("us-east-1a")).contains(doomed);

      assertThat(plan.destroys()).containsExactly(doomed);
      done(plan, Consent.given().destroying(doomed));
      assertThat(clinic.cluster().labelsOn("us-east-1a")).containsExactly(clinic.key);
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  @Test
  void decommission_goesOnWhenTheWindowsHaveEnded() {
    try (Clinic clinic = new Clinic()) {
      String cluster = clinic.cluster().id();
      Plan plan = clinic.doctor().remedies().decommission(clinic.store, 7);
      assertThat(plan.destroys()).containsExactly(clinic.key, clinic.store);
      assertThat(plan.apply(Consent.given().destroying(clinic.store)).status())
          .as("the key is not named")
          .isEqualTo(Status.REFUSED);

      Consent all = Consent.given().destroying(plan.destroys());
      PlanRun waiting = plan.apply(all);
      assertThat(waiting.status()).isEqualTo(Status.STOPPED);
      assertThat(waiting.describe()).contains("resume then");
      clinic.aws.clock().advance(Duration.ofDays(8));
      PlanRun end = waiting.resume(all);

      assertThat(end.status()).as(end.describe()).isEqualTo(Status.DONE);
      assertThat(clinic.kms.describeCustomKeyStores(r -> {}).customKeyStores()).isEmpty();
      assertThat(clinic.aws.cloudHsm().cluster(cluster).labelsOn("us-east-1a")).isEmpty();
    }
  }

  // surprises

  @Test
  void nobodyAtHand_stops_andGoesOnWhenItWasDone() {
    try (Clinic clinic = new Clinic()) {
      Trouble.CHANGED_PASSWORD.happenTo(clinic);
      AtomicInteger asked = new AtomicInteger();
      Doctor doctor =
          clinic
              .builder()
              .hands(
                  task -> {
                    asked.incrementAndGet();
                    return Hands.declined("on call next week");
                  })
              .build();

      PlanRun stopped =
          remedy(doctor, clinic.store, Condition.INVALID_CREDENTIALS).apply(Consent.given());
      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      assertThat(stopped.describe()).contains("waits for a person: on call next week");
      clinic.cluster().changePassword(SimulatedCluster.KMSUSER, SimulatedOperator.KMSUSER_PASSWORD);
      PlanRun end = stopped.resumeWithStepDone(Consent.given());

      assertThat(end.status()).as(end.describe()).isEqualTo(Status.DONE);
      assertThat(asked).hasValue(1);
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  @Test
  void aSurprise_stopsThePlan_andResumingDoesNothingTwice() {
    try (Clinic clinic = new Clinic()) {
      clinic.disconnect();
      SimulatedCluster cluster = clinic.cluster();
      Plan plan = remedy(clinic.doctor(), clinic.store, Condition.KEY_STORE_DISCONNECTED);
      cluster.cutNetwork();

      PlanRun stopped = plan.apply(Consent.given());
      assertThat(stopped.status()).isEqualTo(Status.STOPPED);
      assertThat(stopped.describe()).contains("NETWORK_ERRORS");
      cluster.restoreNetwork();
      clinic.disconnect();
      PlanRun end = stopped.resume(Consent.given());

      assertThat(end.status()).as(end.describe()).isEqualTo(Status.DONE);
      assertThat(end.results()).hasSize(plan.steps().size());
      assertThat(plan.apply(Consent.given()).results())
          .extracting(result -> result.verdict())
          .containsOnly(Verdict.ALREADY_SO);
    }
  }

  @Test
  void wrongCommandOutput_isASurprise() {
    try (Clinic clinic = new Clinic()) {
      Trouble.CHANGED_PASSWORD.happenTo(clinic);
      Doctor doctor = clinic.builder().hands(task -> Hands.done("command not found")).build();

      PlanRun run =
          remedy(doctor, clinic.store, Condition.INVALID_CREDENTIALS).apply(Consent.given());

      assertThat(run.status()).isEqualTo(Status.STOPPED);
      assertThat(run.describe()).contains("the tool did not print").doesNotContain("not found");
    }
  }

  // the other remedies

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void kmsuserMissing_onSomeHsmsOrAll_isCreatedAgain(int hsms) {
    try (Clinic clinic = Clinic.withoutKeys()) {
      clinic
          .hsms()
          .subList(0, hsms)
          .forEach(hsm -> clinic.cluster().deleteUserOn(hsm, SimulatedCluster.KMSUSER));
      clinic.connect();

      Finding first = clinic.doctor().examine(clinic.store).first().orElseThrow();
      assertThat(first.condition()).isEqualTo(Condition.USER_NOT_FOUND);
      done(first.remedy().orElseThrow(), Consent.given());

      assertThat(clinic.connection()).isEqualTo("CONNECTED");
      String key = clinic.newKey();
      assertThat(clinic.encrypt(key)).isNotNull();
    }
  }

  @Test
  void oneHsmLeft_keysCanBeUsed_andMoreAreAdded() {
    try (Clinic clinic = new Clinic()) {
      clinic.cluster().removeHsm(clinic.hsms().get(0));
      clinic.cluster().removeHsm(clinic.hsms().get(0));

      Diagnosis diagnosis = clinic.doctor().examine(clinic.store);
      assertThat(diagnosis.isHealthy()).isTrue();
      done(remedy(clinic.doctor(), clinic.store, Condition.TOO_FEW_HSMS), Consent.given());

      assertThat(clinic.newKey()).isNotEmpty();
    }
  }

  @Test
  void workAsKmsuser_andBack() {
    try (Clinic clinic = new Clinic()) {
      done(clinic.doctor().remedies().logInAsKmsuser(clinic.store), Consent.given());

      assertThat(clinic.hands.done())
          .extracting(ManualTask::id)
          .containsExactly(ManualTask.Id.SET_KMSUSER_PASSWORD, ManualTask.Id.WORK_AS_KMSUSER);
      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  @Test
  void knownPassword_isOnlyTold() {
    try (Clinic clinic = new Clinic()) {
      clinic.whileDisconnected(
          () ->
              clinic
                  .cluster()
                  .changePassword(SimulatedCluster.KMSUSER, SimulatedOperator.KMSUSER_PASSWORD));

      Plan plan = clinic.doctor().remedies().tellPassword(clinic.store);
      assertThat(plan.needsHands()).isFalse();
      done(plan, Consent.given());

      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  @Test
  void backup_isChosenWithAReason() {
    try (Clinic clinic = new Clinic()) {
      Trouble.MATERIAL_DELETED.happenTo(clinic);

      Finding first = clinic.doctor().examine(clinic.key).first().orElseThrow();
      Plan plan = first.remedy().orElseThrow();

      assertThat(plan.remedy()).isEqualTo(Remedy.RECOVER_MATERIAL);
      assertThat(plan.reason())
          .contains("is chosen. It is the newest one")
          .contains("It is newer than the last connection");
      assertThat(first.kind()).isEqualTo(Kind.BY_API);
    }
  }

  @Test
  void backupOlderThanTheLastConnection_needsAPassword() {
    try (Clinic clinic = new Clinic()) {
      clinic.whileDisconnected(() -> clinic.cluster().deleteKey(clinic.key));

      Finding first = clinic.doctor().examine(clinic.key).first().orElseThrow();
      assertThat(first.kind()).isEqualTo(Kind.BY_HANDS);
      assertThat(first.remedy().orElseThrow().reason()).contains("a password must be set");
      done(first.remedy().orElseThrow(), Consent.given());

      assertThat(clinic.decryptOld()).isEqualTo(Clinic.SECRET);
    }
  }

  @Test
  void inventory_showsOrphansAndMissingMaterialWhereNobodyCanTry() {
    try (Clinic clinic = new Clinic()) {
      String gone = "arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555";
      clinic.disconnect();
      Doctor doctor =
          clinic
              .builder()
              .inventory(cluster -> Optional.of(List.of(new KeyObject(gone, "0x01"))))
              .build();

      assertThat(doctor.examine(clinic.store).findings())
          .extracting(Finding::condition)
          .contains(Condition.MATERIAL_MISSING, Condition.ORPHANED_MATERIAL);
    }
  }
}
