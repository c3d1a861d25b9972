package dev.cks.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.aws.doctor.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why, since when, because of whom. */
final class ExplainTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DISCONNECTED|the key store is disconnected|DisconnectCustomKeyStore",
        "KEY_DISABLED|the key is disabled|DisableKey",
        "KEY_SCHEDULED|the key is scheduled for deletion|ScheduleKeyDeletion",
        "CLUSTER_DELETED|the cluster was deleted|DeleteCluster",
        "CHANGED_PASSWORD|KMS has the wrong password of kmsuser|ConnectCustomKeyStore",
      })
  void trouble_isExplainedInThreeSentences(Trouble trouble, String why, String event) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);

      Explanation explanation = clinic.doctor().explain(clinic.key);

      assertThat(explanation.why()).startsWith("Key " + clinic.key + " is ").contains(why);
      assertThat(explanation.since()).startsWith("It has been so since 2026-01-02T00:0");
      assertThat(explanation.whom()).startsWith("arn:aws:iam::111122223333:root called " + event);
    }
  }

  @ParameterizedTest
  @CsvSource({"NETWORK_DOWN", "SESSIONS_OCCUPIED", "MATERIAL_DELETED"})
  void whatLeavesNoEvent_isSaidToBeUnknown(Trouble trouble) {
    try (Clinic clinic = new Clinic()) {
      trouble.happenTo(clinic);

      Explanation explanation = clinic.doctor().explain(clinic.key);

      assertThat(explanation.since())
          .isEqualTo("Since when is not known: the last 90 days of CloudTrail do not show it.");
      assertThat(explanation.whom()).isEqualTo("Because of whom is not known either.");
    }
  }

  @Test
  void keyThatWorks_needsNoExplanation() {
    try (Clinic clinic = new Clinic()) {
      assertThat(clinic.doctor().explain(clinic.key).text())
          .contains("is Enabled and works")
          .contains("Nobody is to blame");
    }
  }
}
