package dev.backorder.inventory.replenishment;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses a cadence that makes no sense. */
@ApplicationScoped
class ReplenishmentStartupCheck implements StartupCheck {

  private static final Duration LONGEST = Duration.ofDays(31);

  private final ReplenishmentConfig config;

  ReplenishmentStartupCheck(ReplenishmentConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    Duration interval = config.reviewInterval();
    if (interval.isNegative() || interval.compareTo(LONGEST) > 0) {
      problems.add(
          new ConfigProblem(
              "backorder.replenishment.review-interval", "must be between 0 and 31 days"));
    }
    if (config.batchSize() < 1 || config.batchSize() > 10_000) {
      problems.add(
          new ConfigProblem("backorder.replenishment.batch-size", "must be between 1 and 10000"));
    }
    return problems;
  }
}
