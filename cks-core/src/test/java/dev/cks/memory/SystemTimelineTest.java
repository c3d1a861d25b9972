package dev.cks.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cks.Kms;
import dev.cks.KmsConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SystemTimelineTest {

  /** A host's executor that notes what it is given. */
  private static final class Noting extends ScheduledThreadPoolExecutor {
    final List<Long> delays = new ArrayList<>();

    Noting() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      delays.add(unit.toMillis(delay));
      return null;
    }
  }

  @Test
  void dueWork_runsOnADaemonThread_thatEndsWithTheTimeline() throws Exception {
    SystemTimeline timeline = new SystemTimeline(null);
    CompletableFuture<Thread> ran = new CompletableFuture<>();
    timeline.at(timeline.now(), "test", () -> ran.complete(Thread.currentThread()));

    Thread thread = ran.get(30, TimeUnit.SECONDS);
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).isEqualTo("cks-timeline");
    timeline.close();
    thread.join(30_000);
    assertThat(thread.isAlive()).isFalse();
    assertThatThrownBy(() -> timeline.at(timeline.now(), "test", () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void timeline_isClosedWithItsKms() {
    SystemTimeline timeline = new SystemTimeline(null);
    timeline.at(timeline.now(), "test", () -> {});
    Kms.create(KmsConfig.asDocumented().toBuilder().timeline(timeline).build()).close();

    assertThatThrownBy(() -> timeline.at(timeline.now(), "test", () -> {}))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void dueWork_waitsOnTheHostsExecutor_whichIsNeverStopped() {
    Noting hosts = new Noting();
    SystemTimeline timeline = new SystemTimeline(hosts);
    Instant now = timeline.now();
    timeline.at(now.plus(Duration.ofDays(1)), "test", () -> {});
    timeline.at(now.minus(Duration.ofDays(1)), "test", () -> {});
    timeline.close();

    assertThat(hosts.delays).hasSize(2);
    assertThat(hosts.delays.get(0))
        .isBetween(Duration.ofHours(23).toMillis(), Duration.ofDays(1).toMillis());
    assertThat(hosts.delays.get(1)).as("late already").isZero();
    assertThat(hosts.isShutdown()).isFalse();
    hosts.shutdownNow();
  }

  @Test
  void executorOfTheConfiguration_isTheOneThatIsUsed() {
    Noting hosts = new Noting();
    KmsConfig config = KmsConfig.asDocumented().toBuilder().executor(hosts).build();
    try (Kms kms = Kms.create(config.toBuilder().build())) {
      assertThat(kms.scope()).isNotNull();
    }
    assertThat(hosts.isShutdown()).isFalse();
    hosts.shutdownNow();
  }
}
