package dev.cks.local;

import static dev.cks.local.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.sim.fault.FaultPlan;
import dev.cks.sim.fault.Moment;
import dev.cks.sim.user.UserView;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.model.ConnectionErrorCodeType;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;

/** What KMS makes of faults on the HSM side; above all: it never loses its way back in. */
class FaultsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "after the 1st CHANGE_PASSWORD: answer lost",
        "after the 2nd CHANGE_PASSWORD: answer lost",
        "after each CHANGE_PASSWORD: answer lost",
        "before the 1st CHANGE_PASSWORD: node down",
        "during the 1st CHANGE_PASSWORD: node down",
        "during each CHANGE_PASSWORD: zone cut off",
        "after the 1st CHANGE_PASSWORD: slow by 30 s",
        "after each CHANGE_PASSWORD: slow by 30 s",
        "during the 1st CHANGE_PASSWORD: session lost",
        "after the 1st CHANGE_PASSWORD: node down"
      })
  void connect_rotationInterrupted_failsAndTheNextConnectAfterTheFaultWorks(String script) {
    try (Account account = Account.disconnected()) {
      account.cluster.faults().install(FaultPlan.script(script).unbounded());
      account.connect();
      assertThat(account.connection()).isEqualTo(ConnectionStateType.FAILED);
      assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

      account.disconnect();
      account.cluster.faults().clear();
      account.aws.clock().advance(Duration.ofMinutes(1));
      account.connect();

      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
      assertThat(account.decrypt(account.encrypt(account.customKey(), "works"))).isEqualTo("works");
      account.disconnect();
      account.connect();
      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    }
  }

  /** Each HSM, each moment that it has in a rotation, and each way to lose it. */
  static Stream<Arguments> losses() {
    return Stream.of("node down", "zone cut off")
        .flatMap(
            fault ->
                Stream.of(Moment.values())
                    .flatMap(
                        moment ->
                            MatrixCell.ZONES.stream()
                                .filter(zone -> hasMoment(moment, zone))
                                .map(zone -> Arguments.of(moment.text(), zone, fault))));
  }

  /** The first HSM has no other before it, and only it has none. */
  private static boolean hasMoment(Moment moment, String zone) {
    boolean first = zone.equals(MatrixCell.ZONES.get(0));
    return moment == Moment.AFTER || first == (moment == Moment.BEFORE);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void rotation_thatLosesAnHsm_endsWithAConnectThatWorks(String moment, String zone, String fault) {
    try (Account account = Account.connected()) {
      String key = account.customKey();
      var ciphertext = account.encrypt(key, "works");
      account.disconnect();
      String rule = moment + " the 1st CHANGE_PASSWORD at " + zone + ": " + fault;
      account.cluster.faults().install(FaultPlan.script(rule));
      account.connect();
      assertThat(account.cluster.faults().strikes()).hasSize(1);
      assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.NETWORK_ERRORS);

      account.disconnect();
      account.connect();
      // an HSM that is down is no longer asked; one that is cut off still counts
      boolean works = fault.equals("node down");
      assertThat(account.connection())
          .isEqualTo(works ? ConnectionStateType.CONNECTED : ConnectionStateType.FAILED);
      account.cluster.faults().clear();
      if (!works) {
        account.disconnect();
        account.connect();
      }

      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
      assertThat(account.decrypt(ciphertext)).isEqualTo("works");
      assertThat(account.hsms())
          .allMatch(hsm -> account.cluster.users(hsm).stream().anyMatch(UserView::loggedIn));
      account.disconnect();
      account.connect();
      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    }
  }

  @Test
  void connect_hsmThatSaysItFailed_isAnInternalError() {
    try (Account account = Account.disconnected()) {
      account
          .cluster
          .faults()
          .install(FaultPlan.script("during the 1st CHANGE_PASSWORD: service error"));
      account.connect();
      assertThat(account.errorCode()).isEqualTo(ConnectionErrorCodeType.INTERNAL_ERROR);

      account.disconnect();
      account.connect();
      assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    }
  }

  @Test
  void encrypt_oneHsmGoesDownInTheMiddle_nobodyNotices() {
    try (Account account = Account.disconnected()) {
      account.connect();
      String key = account.customKey();
      account
          .cluster
          .faults()
          .install(
              FaultPlan.script(
                  "before the 2nd ENCRYPT: node down\nafter each ENCRYPT at us-east-1b: answer lost"));

      for (int i = 0; i < 5; i++) {
        assertThat(account.decrypt(account.encrypt(key, "works"))).isEqualTo("works");
      }
      assertThat(account.cluster.facts().activeHsms()).hasSize(2);
      assertThat(account.cluster.faults().strikes()).hasSizeGreaterThan(1);
    }
  }

  @Test
  void createKey_answerLost_isATimeoutAndLeavesNoKey() {
    try (Account account = Account.disconnected()) {
      account.connect();
      account.cluster.faults().install(FaultPlan.script("after the 1st GENERATE_KEY: answer lost"));

      assertRefused("DependencyTimeoutException", account::customKey);
      assertThat(account.hsms()).allMatch(hsm -> account.cluster.keysOn(hsm).isEmpty());
    }
  }
}
