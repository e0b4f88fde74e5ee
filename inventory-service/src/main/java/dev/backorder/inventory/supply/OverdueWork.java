package dev.backorder.inventory.supply;

import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Makes dates anew on the day after they passed. */
@ApplicationScoped
class OverdueWork implements DueWork {
  private final OverdueDates dates;
  private final Transactions transactions;

  OverdueWork(OverdueDates dates, Transactions transactions) {
    this.dates = dates;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "overdue_dates";
  }

  @Override
  public Optional<Instant> nextDue() {
    return dates.next();
  }

  @Override
  public int run(Instant now) {
    return transactions.retrying(() -> dates.renew(now));
  }
}
