package dev.backorder.inventory.queue;

import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/**
 * Goes on serving queues that were too long for one transaction; a restart resumes where it
 * stopped.
 */
@ApplicationScoped
class QueueFillWork implements DueWork {
  private final QueueFilling filling;
  private final Transactions transactions;

  QueueFillWork(QueueFilling filling, Transactions transactions) {
    this.filling = filling;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "queue_fill";
  }

  @Override
  public Optional<Instant> nextDue() {
    return filling.oldestTime();
  }

  @Override
  public int run(Instant now) {
    return transactions.retrying(filling::step);
  }
}
