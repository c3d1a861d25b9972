package dev.cks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Each measurement of the fronts does its work once. No figure is looked at. */
class FrontsSmokeTest {
  @Test
  void warm_calls_are_answered_in_process_and_canned() {
    InProcessBenchmark benchmark = new InProcessBenchmark();
    assertThat(benchmark.inProcess().ciphertextBlob().asByteArray())
        .hasSameSizeAs(benchmark.canned().ciphertextBlob().asByteArray());
    benchmark.close();
  }

  @Test
  void first_calls_are_made_in_jvms_of_their_own() throws Exception {
    FirstCall.Cpu cpu = FirstCall.measure(1);
    assertThat(cpu.cks()).isPositive();
    assertThat(cpu.canned()).isPositive();
  }

  @Test
  void both_servers_answer_and_say_what_it_cost() throws Exception {
    try (EndpointRatio servers = EndpointRatio.start()) {
      EndpointRatio.Costs costs = servers.measure(1, Duration.ofMillis(1));
      assertThat(costs.cks().cpu()).isPositive();
      assertThat(costs.canned().cpu()).isPositive();
      assertThat(costs.canned().p99()).isPositive();
      assertThat(servers.idleHeap()).isPositive();
    }
  }
}
