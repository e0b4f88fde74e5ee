package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Steps of serving a long queue, each in a transaction of its own. */
@ApplicationScoped
class QueueFilling {
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
   * Does the next step of the oldest fill; 0 when there is none. Two replicas take turns at the
   * stock row.
   */
  @Transactional
  int step() {
    Optional<StockKey> key = fills.oldest().map(QueueFillBook.QueueFill::key);
    if (key.isEmpty()) {
      return 0;
    }
    Changes changes = new Changes(clock.instant(), stock.lock(List.of(key.get())));
    int done = queues.continueFill(changes, key.get());
    books.close(changes);
    return done;
  }
}
