package dev.backorder.platform.feed;

import dev.backorder.common.v1.Event;
import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Applies events and moves the consumer's cursor in one transaction. The cursor's row is locked and
 * compared with the place from which the events were read: of two replicas with the same events one
 * finds the cursor moved and does nothing. So effects happen exactly once, wherever a process dies.
 */
@ApplicationScoped
class Consumption {
  private static final Logger LOG = Logger.getLogger(Consumption.class);

  private final Sql sql;
  private final Transactions transactions;
  private final ParkedEvents parked;

  Consumption(Sql sql, Transactions transactions, ParkedEvents parked) {
    this.sql = sql;
    this.transactions = transactions;
    this.parked = parked;
  }

  /** The cursor of a consumer; empty before its first event. */
  String cursor(String consumer) {
    return sql.first(
            r -> r.getString("cursor"),
            "select cursor from consumer_checkpoint where consumer = ?",
            consumer)
        .orElse("");
  }

  /** True when this holder is the one that follows the feed at present; renews its lease. */
  boolean hold(String consumer, String holder, Duration lease) {
    sql.update(
        "insert into consumer_checkpoint (consumer) values (?) on conflict do nothing", consumer);
    return sql.update(
            """
            update consumer_checkpoint set lease_holder = ?,
              lease_until = clock_timestamp() + ? * interval '1 millisecond'
            where consumer = ?
              and (lease_holder = ? or lease_until is null or lease_until < clock_timestamp())""",
            holder,
            lease.toMillis(),
            consumer,
            holder)
        == 1;
  }

  /** Lets another replica follow at once. */
  void release(String consumer, String holder) {
    sql.update(
        "update consumer_checkpoint set lease_until = null where consumer = ? and lease_holder = ?",
        consumer,
        holder);
  }

  /** Starts again at the beginning of the feed, unless the cursor has moved from {@code from}. */
  void restart(String consumer, String from) {
    int restarted =
        sql.update(
            "update consumer_checkpoint set cursor = '' where consumer = ? and cursor = ?",
            consumer,
            from);
    if (restarted > 0) {
      LOG.warnf("The feed followed by %s was reset; it is read again from its beginning", consumer);
    }
  }

  /**
   * Moves the cursor past events that do not concern the consumer.
   *
   * @return false when it is not at {@code from} any more
   */
  boolean skip(String consumer, String from, String next, int events) {
    return sql.update(
            """
            update consumer_checkpoint set cursor = ?, handled_count = handled_count + ?
            where consumer = ? and cursor = ?""",
            next,
            events,
            consumer,
            from)
        == 1;
  }

  /**
   * What one read of the feed brought.
   *
   * @param concerning the events that concern the consumer
   * @param count how many there were in all
   * @param next the cursor after all of them
   */
  record Page(List<Event> concerning, int count, String next) {}

  /**
   * Applies events that were read after {@code from}. Transient failures are thrown with nothing
   * changed; an event that fails otherwise is set aside.
   *
   * @return false when the cursor is not at {@code from} any more; then nothing was done
   */
  boolean apply(FeedConsumer consumer, String from, Page page) {
    try {
      return transactions.inNew(() -> applyAll(consumer, from, page));
    } catch (RuntimeException failure) {
      if (Failures.isTransient(failure)) {
        throw failure;
      }
      return applyOneByOne(consumer, from, page);
    }
  }

  private boolean applyOneByOne(FeedConsumer consumer, String from, Page page) {
    String place = from;
    int counted = 0;
    for (Event event : page.concerning()) {
      boolean last = ++counted == page.concerning().size();
      // The last one takes those along that follow it and do not concern the consumer.
      Page single =
          last
              ? new Page(List.of(event), page.count() - counted + 1, page.next())
              : new Page(List.of(event), 1, event.getCursor());
      if (!applyOne(consumer, place, single)) {
        return false;
      }
      place = single.next();
    }
    return true;
  }

  private boolean applyOne(FeedConsumer consumer, String from, Page single) {
    try {
      return transactions.inNew(() -> applyAll(consumer, from, single));
    } catch (RuntimeException failure) {
      if (Failures.isTransient(failure)) {
        throw failure;
      }
      Event event = single.concerning().get(0);
      LOG.errorf(
          failure,
          "Event %s of key %s is set aside by %s",
          event.getEventId(),
          event.getKey(),
          consumer.name());
      return transactions.inNew(() -> parkOne(consumer.name(), from, single, failure));
    }
  }

  private boolean applyAll(FeedConsumer consumer, String from, Page page) {
    if (!isAt(consumer.name(), from)) {
      return false;
    }
    List<Event> events = page.concerning();
    Set<String> waiting =
        parked.waitingAmong(
            consumer.name(), events.stream().map(Event::getKey).distinct().toList());
    List<FeedEvent> free = new ArrayList<>();
    for (Event event : events) {
      if (waiting.contains(event.getKey())) {
        parked.park(consumer.name(), event);
      } else {
        free.add(new FeedEvent(event));
      }
    }
    consumer.handle(free);
    move(consumer.name(), page.next(), page.count());
    return true;
  }

  private boolean parkOne(String consumer, String from, Page single, Throwable failure) {
    if (!isAt(consumer, from)) {
      return false;
    }
    Event event = single.concerning().get(0);
    parked.parkKey(consumer, event.getKey(), failure);
    parked.park(consumer, event);
    move(consumer, single.next(), single.count());
    return true;
  }

  /**
   * Tries the first event of a key that waits, and frees the key after the last one.
   *
   * @return true when an event was handled
   */
  boolean retryFirst(FeedConsumer consumer, ParkedEvents.Key key) {
    try {
      return transactions.inNew(() -> retryTaken(consumer, key));
    } catch (RuntimeException failure) {
      if (Failures.isTransient(failure)) {
        throw failure;
      }
      transactions.runInNew(() -> parked.failedAgain(key, failure));
      return false;
    }
  }

  private boolean retryTaken(FeedConsumer consumer, ParkedEvents.Key key) {
    if (!parked.take(key)) {
      return false;
    }
    var first = parked.first(key);
    first.ifPresent(
        waiting -> {
          consumer.handle(List.of(new FeedEvent(waiting.event())));
          parked.remove(key, waiting);
        });
    if (parked.first(key).isEmpty()) {
      parked.free(key);
    }
    return first.isPresent();
  }

  private boolean isAt(String consumer, String from) {
    return sql.first(
            r -> r.getString("cursor"),
            "select cursor from consumer_checkpoint where consumer = ? for update",
            consumer)
        .filter(from::equals)
        .isPresent();
  }

  private void move(String consumer, String next, int handled) {
    sql.later(
        "update consumer_checkpoint set cursor = ?, handled_count = handled_count + ? where consumer = ?",
        next,
        handled,
        consumer);
  }
}
