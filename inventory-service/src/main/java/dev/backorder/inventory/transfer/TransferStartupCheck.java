package dev.backorder.inventory.transfer;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Refuses days on the way that no lorry ever takes. */
@ApplicationScoped
class TransferStartupCheck implements StartupCheck {
  private static final int MOST_DAYS = 365;

  private final TransferConfig config;

  TransferStartupCheck(TransferConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    return config.transitDays() < 0 || config.transitDays() > MOST_DAYS
        ? List.of(
            new ConfigProblem(
                "backorder.transfer.transit-days", "must be between 0 and " + MOST_DAYS))
        : List.of();
  }
}
