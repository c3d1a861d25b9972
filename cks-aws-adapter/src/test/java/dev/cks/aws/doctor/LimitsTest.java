package dev.cks.aws.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** AWS's limits, and the doctor's own. */
final class LimitsTest {
  private static final int KEYS = 100_000;

  @Test
  void hundredThousandKeys_areCounted_andFewAreKept() {
    BigAccount account = new BigAccount(KEYS);
    List<Long> heard = new ArrayList<>();

    Diagnosis diagnosis =
        account
            .doctor()
            .progress(
                (what, done) -> {
                  if (what.equals("keys described")) {
                    heard.add(done);
                  }
                })
            .build()
            .examine(BigAccount.STORE);

    assertThat(account.keyPages).isEqualTo(KEYS / 1000);
    assertThat(account.described).isEqualTo(KEYS);
    assertThat(heard).hasSize(KEYS / 1000).startsWith(1000L, 2000L).endsWith((long) KEYS);
    assertThat(diagnosis.keys().total()).isEqualTo(KEYS / 2);
    assertThat(diagnosis.keys().byState())
        .containsEntry("Disabled", (long) KEYS / 10)
        .containsEntry("Enabled", (long) KEYS * 4 / 10);
    assertThat(diagnosis.keys().shown()).hasSize(Doctor.KEYS_SHOWN);
    assertThat(diagnosis.findings()).hasSizeLessThan(50);
    assertThat(diagnosis.isHealthy()).isTrue();
    assertThat(diagnosis.limitations())
        .containsExactly("Of 40000 enabled keys of " + BigAccount.STORE + ", 100 were tried out.");
  }

  @Test
  void survey_keepsNoMoreThanItWasToldTo() {
    Survey survey = new Survey(3);
    for (int i = 0; i < KEYS; i++) {
      survey.add(
          new KeyView(
              "" + i, "" + i, i % 2 == 0 ? "Enabled" : "Odd", null, Instant.EPOCH, null, null));
    }
    assertThat(survey.enabled()).hasSize(3);
    assertThat(survey.others()).hasSize(3);
    assertThat(survey.total()).isEqualTo(KEYS);
  }

  @Test
  void lookups_haveOneAttribute_readEveryPage_andComeAtMostTwiceASecond() {
    BigAccount account = new BigAccount(0);

    Diagnosis diagnosis = account.doctor().build().examine(Subject.everything());

    assertThat(account.asked).allMatch(request -> request.lookupAttributes().size() == 1);
    assertThat(account.asked.stream().filter(request -> "2".equals(request.nextToken())))
        .as("the third page of each")
        .hasSize(account.asked.size() / 3);
    for (int i = 2; i < account.lookups.size(); i++) {
      assertThat(Duration.between(account.lookups.get(i - 2), account.lookups.get(i)))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
    assertThat(diagnosis.timeline()).hasSize(account.asked.size());
    assertThat(diagnosis.stores().get(0).cluster().backups()).hasSize(3);
  }

  @Test
  void eventsOfStrangeShape_disturbNothing() {
    for (String record :
        List.of("", "{", "[1]", "{\"userIdentity\":7}", "{\"additionalEventData\":{\"x\":[]}}")) {
      TrailEvent event =
          TrailEvent.of(
              software.amazon.awssdk.services.cloudtrail.model.Event.builder()
                  .eventName("DeleteKey")
                  .eventTime(Instant.EPOCH)
                  .cloudTrailEvent(record)
                  .build(),
              Instant.EPOCH);

      assertThat(event.deletedMaterial()).isEmpty();
      assertThat(event.who()).isEqualTo("somebody unknown");
    }
  }

  @Test
  void deleteKeyEvents_withAndWithoutHandle_areRead() {
    for (String handle : List.of("\\\"keyHandle\\\":\\\"16\\\",", "")) {
      TrailEvent event =
          TrailEvent.of(
              software.amazon.awssdk.services.cloudtrail.model.Event.builder()
                  .eventName("DeleteKey")
                  .eventTime(Instant.EPOCH)
                  .cloudTrailEvent(
                      "{\"additionalEventData\":{\"customKeyStoreId\":\"cks-1\","
                          + "\"backingKeysDeletionStatus\":\"[{"
                          + handle
                          + "\\\"backingKeyId\\\":\\\"b1\\\","
                          + "\\\"deletionStatus\\\":\\\"FAILURE\\\"}]\"}}")
                  .build(),
              Instant.EPOCH);

      assertThat(event.store()).contains("cks-1");
      assertThat(event.deletedMaterial())
          .singleElement()
          .matches(material -> material.orphaned() && material.backingKeyId().equals("b1"));
    }
  }
}
