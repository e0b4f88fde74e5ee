package dev.backorder.platform.feed;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Records facts in the transaction that makes them true; the table is the outbox and the log.
 *
 * <p>Order per key: whoever changes a key's state holds the lock of its row until the commit, and
 * records the fact after taking that lock. So of two facts of one key the later one gets its
 * identity number after the earlier one has committed, and the {@link Sequencer}, which takes
 * committed facts by identity number, never swaps them.
 */
@ApplicationScoped
public class EventLog {
  private static final int SCHEMA_VERSION = 1;

  private final Sql sql;
  private final Ids ids;
  private final Clock clock;
  private final Sequencer sequencer;
  private final TransactionSynchronizationRegistry transaction;

  EventLog(
      Sql sql,
      Ids ids,
      Clock clock,
      Sequencer sequencer,
      TransactionSynchronizationRegistry transaction) {
    this.sql = sql;
    this.ids = ids;
    this.clock = clock;
    this.sequencer = sequencer;
    this.transaction = transaction;
  }

  /**
   * Records one fact, caused by the call or event that this thread works for. Must run inside the
   * transaction that holds the lock of the key's row. Returns the event's id.
   */
  public UUID append(String key, long keyVersion, Message payload) {
    return appendAll(List.of(EventDraft.of(key, keyVersion, payload))).get(0);
  }

  /** Records facts in this order, in one statement. Returns the events' ids in the same order. */
  public List<UUID> appendAll(List<EventDraft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    Instant now = clock.instant();
    List<UUID> eventIds = drafts.stream().map(draft -> ids.next()).toList();
    String[] correlationIds = new String[drafts.size()];
    for (int i = 0; i < correlationIds.length; i++) {
      String given = drafts.get(i).correlationId();
      correlationIds[i] = given.isEmpty() ? eventIds.get(i).toString() : given;
    }
    List<Any> payloads = drafts.stream().map(draft -> Any.pack(draft.payload())).toList();
    // The identity numbers follow the order of the list: they are drawn above the sort.
    sql.later(
        """
        with appended as (
          insert into event (event_id, key, key_version, schema_version, occurred_time, recorded_time,
              correlation_id, causation_id, traceparent, payload_type, payload)
          select event_id, key, key_version, ?, ?, ?, correlation_id, causation_id, '', payload_type, payload
          from unnest(?, ?, ?, ?, ?, ?, ?) with ordinality
            as e(event_id, key, key_version, correlation_id, causation_id, payload_type, payload, place)
          order by place
          returning sequence_number)
        insert into event_pending (sequence_number) select sequence_number from appended""",
        SCHEMA_VERSION,
        now,
        now,
        eventIds.toArray(UUID[]::new),
        drafts.stream().map(EventDraft::key).toArray(String[]::new),
        drafts.stream().map(EventDraft::keyVersion).toArray(Long[]::new),
        correlationIds,
        drafts.stream().map(EventDraft::causationId).toArray(String[]::new),
        payloads.stream().map(Any::getTypeUrl).toArray(String[]::new),
        payloads.stream().map(any -> any.getValue().toByteArray()).toArray(byte[][]::new));
    nudgeAfterCommit();
    return eventIds;
  }

  /** Looks an event up, for the RPC that links a service's event type to its descriptors. */
  public Optional<FeedEvent> find(UUID eventId) {
    return sql.first(
            FeedReader::read,
            "select e.*, coalesce(p.position, 0) as position, h.epoch from event e"
                + " left join event_position p on p.sequence_number = e.sequence_number"
                + " cross join feed_head h where e.event_id = ?",
            eventId)
        .map(FeedEvent::new);
  }

  /** The newest facts of a key that are kept, at most {@code limit}, the oldest first. */
  public List<FeedEvent> ofKey(String key, int limit) {
    return sql.list(
        row -> new FeedEvent(FeedReader.read(row)),
        """
        select * from (
          select e.*, coalesce(p.position, 0) as position, h.epoch from event e
          left join event_position p on p.sequence_number = e.sequence_number
          cross join feed_head h where e.key = ? order by e.sequence_number desc limit ?) newest
        order by sequence_number""",
        key,
        limit);
  }

  private void nudgeAfterCommit() {
    if (transaction.getTransactionKey() == null) {
      throw new IllegalStateException("An event must be recorded inside a transaction");
    }
    if (transaction.getResource(EventLog.class) == null) {
      transaction.putResource(EventLog.class, true);
      transaction.registerInterposedSynchronization(
          new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
              if (status == Status.STATUS_COMMITTED) {
                sequencer.nudge();
              }
            }
          });
    }
  }
}
