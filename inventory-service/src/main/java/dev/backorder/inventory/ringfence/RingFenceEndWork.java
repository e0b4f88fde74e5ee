package dev.backorder.inventory.ringfence;

import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Notices that ring fences have ended, so that what they kept serves the queue at once. That they
 * keep nothing any more does not depend on it.
 */
@ApplicationScoped
class RingFenceEndWork implements DueWork {
  private final RingFenceBook book;
  private final RingFencing fencing;
  private final Transactions transactions;

  RingFenceEndWork(RingFenceBook book, RingFencing fencing, Transactions transactions) {
    this.book = book;
    this.fencing = fencing;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "ring_fence_end";
  }

  @Override
  public Optional<Instant> nextDue() {
    return book.firstEnd();
  }

  @Override
  public int run(Instant now) {
    return transactions.retrying(() -> fencing.endPassed(now));
  }
}
