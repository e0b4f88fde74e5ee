package dev.backorder.inventory.queue;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Refuses a step with which no queue would ever be served, or one that would hold its lock too
 * long.
 */
@ApplicationScoped
class QueueStartupCheck implements StartupCheck {
  private static final int MOST_LINES = 10_000;

  private final QueueConfig config;

  QueueStartupCheck(QueueConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    int lines = config.linesPerStep();
    return lines >= 1 && lines <= MOST_LINES
        ? List.of()
        : List.of(
            new ConfigProblem(
                "backorder.queue.lines-per-step", "must be between 1 and " + MOST_LINES));
  }
}
