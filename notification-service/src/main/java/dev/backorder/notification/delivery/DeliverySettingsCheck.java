package dev.backorder.notification.delivery;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Refuses settings with which mails would be sent twice or never. */
@ApplicationScoped
public class DeliverySettingsCheck implements StartupCheck {
  private static final int MOST_IN_BATCH = 1_000;
  private static final int MOST_THREADS = 64;

  private final DeliverySettings settings;

  DeliverySettingsCheck(DeliverySettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    need(
        problems,
        between(settings.batchSize(), MOST_IN_BATCH),
        "batch-size",
        "must be between 1 and " + MOST_IN_BATCH);
    need(
        problems,
        between(settings.concurrency(), MOST_THREADS),
        "concurrency",
        "must be between 1 and " + MOST_THREADS);
    need(problems, settings.maxAttempts() >= 1, "max-attempts", "must be at least 1");
    need(problems, isPositive(settings.firstRetry()), "first-retry", "must be more than 0");
    need(
        problems,
        settings.longestRetry().compareTo(settings.firstRetry()) >= 0,
        "longest-retry",
        "must be at least first-retry");
    need(problems, isPositive(settings.answerTimeout()), "answer-timeout", "must be more than 0");
    need(
        problems,
        settings.lease().compareTo(longestBatch()) > 0,
        "lease",
        "must be longer than a batch without any answer takes, which is " + longestBatch());
    return problems;
  }

  private Duration longestBatch() {
    int rounds = -Math.floorDiv(-settings.batchSize(), Math.max(settings.concurrency(), 1));
    return settings.answerTimeout().multipliedBy(rounds);
  }

  private static boolean between(int value, int most) {
    return value >= 1 && value <= most;
  }

  private static boolean isPositive(Duration duration) {
    return duration.compareTo(Duration.ZERO) > 0;
  }

  private static void need(
      List<ConfigProblem> problems, boolean condition, String name, String problem) {
    if (!condition) {
      problems.add(new ConfigProblem("backorder.delivery." + name, problem));
    }
  }
}
