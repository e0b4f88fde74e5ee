package dev.backorder.inventory.hold;

import dev.backorder.inventory.book.HoldBook;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes away holds whose time has passed, so that what they kept serves the queue at once. That
 * they hold nothing any more does not depend on it.
 */
@ApplicationScoped
class HoldExpiryWork implements DueWork {
  private final HoldBook book;
  private final Holds holds;
  private final Transactions transactions;

  HoldExpiryWork(HoldBook book, Holds holds, Transactions transactions) {
    this.book = book;
    this.holds = holds;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "hold_expiry";
  }

  @Override
  public Optional<Instant> nextDue() {
    return book.firstExpiry();
  }

  @Override
  public int run(Instant now) {
    return transactions.retrying(() -> holds.endExpired(now));
  }
}
