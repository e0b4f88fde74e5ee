package dev.backorder.inventory.promise;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Refuses settings with which no honest date could be made. */
@ApplicationScoped
class PromiseStartupCheck implements StartupCheck {
  private static final int LONGEST_DAYS = 3650;

  private final PromiseConfig config;

  PromiseStartupCheck(PromiseConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    if (config.percentile() < 1 || config.percentile() > 99) {
      problems.add(new ConfigProblem("backorder.promise.percentile", "must be between 1 and 99"));
    }
    if (config.overdueGraceDays() < 0 || config.overdueGraceDays() > LONGEST_DAYS) {
      problems.add(
          new ConfigProblem(
              "backorder.promise.overdue-grace-days", "must be between 0 and " + LONGEST_DAYS));
    }
    if (config.unknownLeadTimeDays() < 1 || config.unknownLeadTimeDays() > LONGEST_DAYS) {
      problems.add(
          new ConfigProblem(
              "backorder.promise.unknown-lead-time-days", "must be between 1 and " + LONGEST_DAYS));
    }
    return problems;
  }
}
