package dev.backorder.order.promise;

import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Breaks promises whose day is over before all of their units have left. */
@ApplicationScoped
class BrokenPromises implements DueWork {
  private static final int BATCH = 1_000;

  private final PromiseRows rows;
  private final PromiseConfig days;
  private final Transactions transactions;

  BrokenPromises(PromiseRows rows, PromiseConfig days, Transactions transactions) {
    this.rows = rows;
    this.days = days;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "broken-promises";
  }

  @Override
  public Optional<Instant> nextDue() {
    return rows.earliestOpenDay().map(days::endOf);
  }

  @Override
  public int run(Instant now) {
    return transactions.inNew(() -> rows.breakPassed(days.dayOf(now), now, BATCH));
  }
}
