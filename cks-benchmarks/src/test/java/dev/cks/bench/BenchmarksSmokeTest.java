package dev.cks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each benchmark does its work once. No figure is looked at. */
class BenchmarksSmokeTest {
  private static final byte[] PLAINTEXT = new byte[32];

  private final EncryptBenchmark benchmark = new EncryptBenchmark();
  private final EncryptBenchmark.World world = new EncryptBenchmark.World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void warm_calls_encrypt_and_decrypt() {
    assertThat(benchmark.encrypt(world).asByteArray()).hasSizeGreaterThan(PLAINTEXT.length);
    assertThat(benchmark.decrypt(world).asByteArray()).isEqualTo(PLAINTEXT);
    assertThat(benchmark.rawEncrypt()).hasSize(12 + PLAINTEXT.length + 16);
    assertThat(benchmark.rawDecrypt()).isEqualTo(PLAINTEXT);
  }

  @Test
  void a_first_use_is_a_round_trip() {
    assertThat(ColdStart.FirstUse.roundTrip("secret")).isEqualTo("secret");
  }

  @Test
  void cold_start_measures_jvms_of_its_own() throws Exception {
    assertThat(ColdStart.measure(1)).isPositive();
  }

  @Test
  void control_plane_goes_on_for_days() {
    ControlPlaneBenchmark benchmark = new ControlPlaneBenchmark();
    for (int i = 0; i < 10; i++) {
      assertThat(benchmark.steps()).isGreaterThanOrEqualTo(ControlPlaneBenchmark.STEPS);
    }
    for (int day = 0; day < 10; day++) {
      assertThat(benchmark.day()).isBetween(50, 250);
    }
    benchmark.close();
  }

  @Test
  void keys_take_heap() {
    assertThat(HeapPerKey.measure(2_000).created()).isPositive();
  }
}
