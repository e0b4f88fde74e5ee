package dev.backorder.inventory.replenishment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.platform.startup.ConfigProblem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplenishmentStartupCheckTest {

  @Test
  void a_cadence_that_can_be_kept_is_accepted() {
    assertThat(problems(Duration.ofMinutes(15), 500)).isEmpty();
    assertThat(problems(Duration.ZERO, 1)).isEmpty();
  }

  @Test
  void nonsense_is_refused_by_the_name_of_its_property() {
    assertThat(problems(Duration.ofSeconds(-1), 0))
        .extracting(ConfigProblem::property)
        .containsExactly(
            "backorder.replenishment.review-interval", "backorder.replenishment.batch-size");
    assertThat(problems(Duration.ofDays(32), 10_001)).hasSize(2);
  }

  private static List<ConfigProblem> problems(Duration interval, int batchSize) {
    return new ReplenishmentStartupCheck(
            new ReplenishmentConfig() {
              @Override
              public Duration reviewInterval() {
                return interval;
              }

              @Override
              public int batchSize() {
                return batchSize;
              }
            })
        .problems();
  }
}
