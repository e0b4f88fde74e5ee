package dev.backorder.inventory.availability;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Refuses a lane through which nothing would pass. */
@ApplicationScoped
class AvailabilityStartupCheck implements StartupCheck {
  private static final int MOST_LINES_PER_BATCH = 20_000;

  private final AvailabilityConfig config;

  AvailabilityStartupCheck(AvailabilityConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    if (config.linesPerBatch() < 1 || config.linesPerBatch() > MOST_LINES_PER_BATCH) {
      problems.add(
          new ConfigProblem(
              "backorder.availability.lines-per-batch",
              "must be between 1 and " + MOST_LINES_PER_BATCH));
    }
    if (config.laneCapacityLines() < config.linesPerBatch()) {
      problems.add(
          new ConfigProblem(
              "backorder.availability.lane-capacity-lines", "must not be below lines-per-batch"));
    }
    if (config.mostWatchers() < 1) {
      problems.add(new ConfigProblem("backorder.availability.most-watchers", "must be at least 1"));
    }
    if (config.watchInterval().toMillis() < 10) {
      problems.add(
          new ConfigProblem("backorder.availability.watch-interval", "must be at least 10 ms"));
    }
    if (config.watchHeartbeat().toMillis() < 100 || config.watchHeartbeat().toSeconds() > 30) {
      problems.add(
          new ConfigProblem(
              "backorder.availability.watch-heartbeat", "must be between 100 ms and 30 s"));
    }
    if (config.watchRenewal().compareTo(config.watchInterval()) < 0) {
      problems.add(
          new ConfigProblem(
              "backorder.availability.watch-renewal", "must not be below watch-interval"));
    }
    return problems;
  }
}
