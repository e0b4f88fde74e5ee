package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.queue.QueueFillBook.QueueFill;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Steps of serving a long queue, each in a transaction of its own. */
@ApplicationScoped
class QueueFilling {
  private static final int QUEUES_PER_STEP = 50;

  private final QueueFillBook fills;
  private final StockBook stock;
  private final Queues queues;
  private final Books books;
  private final Clock clock;

  QueueFilling(QueueFillBook fills, StockBook stock, Queues queues, Books books, Clock clock) {
    this.fills = fills;
    this.stock = stock;
    this.queues = queues;
    this.books = books;
    this.clock = clock;
  }

  Optional<Instant> oldestTime() {
    return fills.oldestTime();
  }

  /**
   * Does the next step of the oldest fills; returns how many queues were served. Two replicas take
   * turns at the stock rows.
   */
  @Transactional
  int step() {
    Set<StockKey> keys = new TreeSet<>();
    fills.oldest(QUEUES_PER_STEP).forEach(fill -> keys.add(fill.key()));
    if (keys.isEmpty()) {
      return 0;
    }
    Changes changes = new Changes(clock.instant(), stock.lock(keys));
    // Read again: under the locks.
    int done = 0;
    Set<StockKey> served = new HashSet<>();
    for (QueueFill fill : fills.oldest(QUEUES_PER_STEP)) {
      if (keys.contains(fill.key()) && served.add(fill.key())) {
        done += queues.continueFill(changes, fill.key());
      }
    }
    books.close(changes);
    return done;
  }
}
