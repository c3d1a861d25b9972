package dev.cks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each benchmark does its work. No figure is looked at. */
class BenchmarksSmokeTest {

  @Test
  void every_row_of_both_runs_gives_a_figure() throws Exception {
    List<Row> rows = new ArrayList<>(Row.all());
    Figures figures = new Figures("17");

    Rounds.smoking().run(0, rows, figures);

    assertThat(figures.rows()).hasSize(rows.size()).containsAll(ids(rows));
  }

  private static List<String> ids(List<Row> rows) {
    return rows.stream().map(Row::id).toList();
  }

  @Test
  void a_full_store_gives_its_figures() throws Exception {
    Figures figures = MillionKeys.measure(500, Rounds.smoking(), Rounds.smoking());

    assertThat(figures.rows()).containsAll(ids(MillionKeys.rows()));
    assertThat(figures.median("million.heap", Figures.Figure::bytes)).isPositive();
  }

  @Test
  void every_bar_has_its_rows() {
    List<String> rows = new ArrayList<>(ids(Row.ofBars()));
    rows.addAll(ids(MillionKeys.rows()));
    rows.addAll(ids(MillionKeys.rare()));
    rows.addAll(List.of("million.heap", "million.used", "million.growth"));

    assertThat(Bar.all()).allSatisfy(bar -> assertThat(rows).containsAll(bar.rows()));
  }

  @Test
  void raw_benchmarks_do_what_they_say() {
    RawAes raw = new RawAes(61);
    byte[] plaintext = {1, 2, 3};

    assertThat(raw.open(raw.seal(plaintext))).isEqualTo(plaintext);
    assertThat(raw.open(raw.sealAsUsual(plaintext))).isEqualTo(plaintext);
    RawXaes xaes = new RawXaes(new byte[32], 0);
    assertThat(xaes.open(xaes.seal(new byte[24], plaintext))).isEqualTo(plaintext);
  }

  @Test
  void a_profile_has_its_two_tables() throws Exception {
    assertThat(Profile.page(10, 2_000, "17")).contains("| part | CPU |", "| part | allocated |");
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
    ControlPlaneBenchmark.Calls calls = new ControlPlaneBenchmark.Calls();
    for (int i = 0; i < 10; i++) {
      assertThat(benchmark.steps(calls)).isGreaterThanOrEqualTo(ControlPlaneBenchmark.STEPS);
    }
    calls.close();
    ControlPlaneBenchmark.Days days = new ControlPlaneBenchmark.Days();
    for (int day = 0; day < 10; day++) {
      assertThat(benchmark.day(days)).isBetween(50, 250);
    }
    days.close();
  }
}
