package dev.backorder.supplier.leadtime;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class LeadTimeConfigCheck implements StartupCheck {
  private static final int FEWEST = 20;
  private static final int MOST = 10_000;

  private final LeadTimeConfig config;

  LeadTimeConfigCheck(LeadTimeConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    int receipts = config.newestReceipts();
    return receipts >= FEWEST && receipts <= MOST
        ? List.of()
        : List.of(
            new ConfigProblem(
                "backorder.lead-time.newest-receipts",
                "must be %d to %d, is %d".formatted(FEWEST, MOST, receipts)));
  }
}
