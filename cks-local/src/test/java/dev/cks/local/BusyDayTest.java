package dev.cks.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cks.audit.AuditQuery;
import dev.cks.sim.api.Backup;
import dev.cks.sim.api.BackupState;
import dev.cks.sim.api.CloudHsmRequests;
import dev.cks.sim.time.SeededStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.ConnectionStateType;

/** A day on a cluster where much happens, as a whole: nothing is lost, and nothing is left over. */
class BusyDayTest {
  private static final Duration STEP = Duration.ofMinutes(15);
  private static final int STEPS = 24 * 4;

  private final Map<String, SdkBytes> keys = new LinkedHashMap<>();
  private final List<String> condemned = new ArrayList<>();
  private int connects;
  private int restarts;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void dayOfConnectsDeletionsAndRestarts_losesNothing_andIsBackedUp(long seed) {
    try (Account account = Account.connected(aws -> aws.seed(seed))) {
      Instant morning = account.aws.clock().now();
      SeededStream draws = account.aws.cloudHsm().seed().stream("busy-day");
      createAndCondemn(account, 30);
      account.aws.clock().advance(Duration.ofDays(6));
      for (int step = 0; step < STEPS; step++) {
        step(account, draws);
        account.aws.clock().advance(STEP);
      }
      account.aws.clock().advance(Duration.ofDays(1)); // the last windows end

      assertThat(connects).isGreaterThan(5);
      assertThat(restarts).isGreaterThan(5);
      assertNothingLostNorLeft(account);
      assertThat(backups(account))
          .filteredOn(backup -> backup.createTimestamp().isAfter(morning))
          .hasSizeGreaterThanOrEqualTo(7)
          .allMatch(backup -> backup.backupState() == BackupState.READY);
    }
  }

  /** Half of them wait for their deletion, which comes on the busy day. */
  private void createAndCondemn(Account account, int count) {
    for (int i = 0; i < count; i++) {
      String key = create(account);
      if (i % 2 == 0) {
        keys.remove(key);
        condemned.add(key);
        account.kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
      }
    }
  }

  private String create(Account account) {
    String key = account.customKey();
    keys.put(key, account.encrypt(key, key));
    return key;
  }

  private void step(Account account, SeededStream draws) {
    switch (draws.nextInt(5)) {
      case 0 -> reconnect(account);
      case 1 -> create(account);
      case 2 -> restart(account, draws.nextInt(3));
      default -> keys.forEach((key, blob) -> assertThat(account.decrypt(blob)).isEqualTo(key));
    }
  }

  private void reconnect(Account account) {
    account.disconnect();
    account.connect();
    assertThat(account.connection()).isEqualTo(ConnectionStateType.CONNECTED);
    connects++;
  }

  private void restart(Account account, int number) {
    String hsm = account.hsms().get(number);
    account.cluster.stopNode(hsm);
    account.aws.clock().advance(Duration.ofMinutes(1));
    account.cluster.startNode(hsm);
    restarts++;
  }

  private void assertNothingLostNorLeft(Account account) {
    keys.forEach((key, blob) -> assertThat(account.decrypt(blob)).isEqualTo(key));
    assertThat(account.labelsOnEachHsm())
        .hasSize(3)
        .allSatisfy(
            labels -> assertThat(labels).containsExactlyInAnyOrderElementsOf(keys.keySet()));
    assertThat(account.aws.trail().events(AuditQuery.all().named("DeleteKey")))
        .hasSameSizeAs(condemned)
        .allMatch(
            event ->
                String.valueOf(event.additionalEventData().get("backingKeysDeletionStatus"))
                    .contains("SUCCESS"));
  }

  private static List<Backup> backups(Account account) {
    return account
        .aws
        .cloudHsm()
        .api()
        .describeBackups(
            CloudHsmRequests.DescribeBackups.of(account.cluster.id()),
            account.aws.core().rootCaller())
        .items();
  }
}
