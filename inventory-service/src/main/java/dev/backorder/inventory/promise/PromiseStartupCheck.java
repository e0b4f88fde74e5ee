package dev.backorder.inventory.promise;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses settings with which no honest date could be made. */
@ApplicationScoped
class PromiseStartupCheck implements StartupCheck {
  private static final int LONGEST_DAYS = 3650;

  /** More lines are never measured together. */
  private static final int MOST_OBSERVATIONS = 10_000;

  private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9._-]{1,64}");

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
    config
        .channelLateLimitPercent()
        .forEach(
            (channel, limit) -> {
              String key = "backorder.promise.channel-late-limit-percent." + channel;
              if (!CHANNEL.matcher(channel).matches()) {
                problems.add(new ConfigProblem(key, "must name a channel: " + CHANNEL.pattern()));
              }
              if (limit < 1 || limit > 99) {
                problems.add(new ConfigProblem(key, "must be between 1 and 99"));
              }
            });
    if (config.enoughObservations() < 1 || config.enoughObservations() > MOST_OBSERVATIONS) {
      problems.add(
          new ConfigProblem(
              "backorder.promise.enough-observations",
              "must be between 1 and " + MOST_OBSERVATIONS));
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
