package dev.backorder.inventory.allocation;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Refuses a lane through which nothing would pass. */
@ApplicationScoped
class AllocationStartupCheck implements StartupCheck {
  private static final int MOST_LINES_PER_BATCH = 20_000;

  private final AllocationConfig config;

  AllocationStartupCheck(AllocationConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    if (config.linesPerBatch() < 1 || config.linesPerBatch() > MOST_LINES_PER_BATCH) {
      problems.add(
          new ConfigProblem(
              "backorder.allocation.lines-per-batch",
              "must be between 1 and " + MOST_LINES_PER_BATCH));
    }
    if (config.laneCapacityLines() < config.linesPerBatch()) {
      problems.add(
          new ConfigProblem(
              "backorder.allocation.lane-capacity-lines", "must not be below lines-per-batch"));
    }
    return problems;
  }
}
