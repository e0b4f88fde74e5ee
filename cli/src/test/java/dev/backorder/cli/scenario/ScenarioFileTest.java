package dev.backorder.cli.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.scenario.Scenario.DayRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {

  @Test
  void reads_the_bundled_scenario() {
    Scenario scenario = ScenarioFile.bundled();

    assertThat(scenario.suppliers()).hasSize(4);
    assertThat(scenario.countries()).containsEntry("Norway", "NO");
    assertThat(scenario.warehouse().transitDays()).containsEntry("*", 8);
    assertThat(scenario.suppliers().get(0).closedDates())
        .contains(LocalDate.of(2010, 12, 24), LocalDate.of(2011, 1, 3), LocalDate.of(2011, 4, 25));
  }

  @Test
  void names_every_bad_missing_and_unknown_field_at_once() throws IOException {
    String yaml =
        bundledText()
            .replace("opening_weeks: 3", "opening_weeks: soon")
            .replace("  ships_at_hour: 17\n", "")
            .replace("send_delay_minutes: 240", "send_delay_minuets: 240")
            .replace(
                "actual_lead_days: {least: 9, usual: 14, most: 24}",
                "actual_lead_days: {least: 9, usual: 34, most: 24}")
            .replace("mode: IN_STOCK_ONLY", "mode: SOMETIMES")
            .replace("share_percent: 45", "share_percent: 44");

    assertThatThrownBy(() -> ScenarioFile.parse(yaml, "my.yaml"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("my.yaml has 7 mistakes: ")
        .hasMessageContaining("stock.opening_weeks must be a number of weeks")
        .hasMessageContaining("warehouse.ships_at_hour is missing")
        .hasMessageContaining("suppliers[0].send_delay_minuets is not known here")
        .hasMessageContaining("suppliers[0].send_delay_minutes is missing")
        .hasMessageContaining("suppliers[1].actual_lead_days.usual must be between least and most")
        .hasMessageContaining(
            "sales_modes[2].mode must be one of [IN_STOCK_ONLY, BACKORDER], not SOMETIMES")
        .hasMessageContaining("suppliers: the shares sum to 99 percent");
  }

  @Test
  void says_where_a_file_is_no_yaml_and_which_file_is_missing() {
    assertThatThrownBy(() -> ScenarioFile.parse("name: [", "my.yaml"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("my.yaml is not YAML");
    assertThatThrownBy(() -> ScenarioFile.parse("seed: 1\nseed: 2\n", "my.yaml"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("seed");
    assertThatThrownBy(() -> ScenarioFile.parse("", "my.yaml")).isInstanceOf(CommandFailure.class);
    assertThatThrownBy(() -> ScenarioFile.read(Path.of("missing.yaml")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("missing.yaml cannot be read");
  }

  @Test
  void draws_depend_on_seed_and_subject_alone_and_spread_evenly() {
    Draw draw = new Draw(1);
    assertThat(draw.share("85123A")).isEqualTo(new Draw(1).share("85123A"));
    assertThat(draw.share("85123A")).isNotEqualTo(new Draw(2).share("85123A"));

    int happened = 0;
    for (int i = 0; i < 10_000; i++) {
      happened += draw.happens(30, "subject " + i) ? 1 : 0;
    }
    assertThat(happened).isBetween(2_850, 3_150);
  }

  @Test
  void a_range_of_days_runs_from_least_over_usual_to_most() {
    DayRange range = new DayRange(4, 7, 12);

    assertThat(range.at(0)).isEqualTo(4);
    assertThat(range.at(3.0 / 8)).isEqualTo(7);
    assertThat(range.at(0.999999)).isEqualTo(12);
    assertThat(new DayRange(3, 3, 3).at(0.5)).isEqualTo(3);
  }

  private static String bundledText() throws IOException {
    try (InputStream in = ScenarioFileTest.class.getResourceAsStream(ScenarioFile.BUNDLED)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
