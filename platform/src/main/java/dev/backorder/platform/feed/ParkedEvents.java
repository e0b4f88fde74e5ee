package dev.backorder.platform.feed;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.ListParkedEventsResponse;
import dev.backorder.common.v1.ParkedEvent;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Events that could not be handled. The row of the key is what everyone locks: while it exists, all
 * events of the key queue behind it, and only its holder takes the first of them.
 */
@ApplicationScoped
class ParkedEvents {
  private static final String LIST_NAME = "parked_events";
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);

  private final Sql sql;
  private final Clock clock;
  private final FeedConfig config;

  ParkedEvents(Sql sql, Clock clock, FeedConfig config) {
    this.sql = sql;
    this.clock = clock;
    this.config = config;
  }

  record Key(String consumer, String key) {}

  record Waiting(long place, Event event) {}

  /** The keys that wait. Locks them, so that none becomes free before this transaction ends. */
  Set<String> waitingAmong(String consumer, Collection<String> keys) {
    return new HashSet<>(
        sql.list(
            r -> r.getString("key"),
            "select key from parked_key where consumer = ? and key = any (?) order by key for share",
            consumer,
            keys.toArray(String[]::new)));
  }

  /** Sets an event aside behind the others of its key. */
  void park(String consumer, Event event) {
    sql.update(
        "insert into parked_event (consumer, key, event_id, event) values (?, ?, ?, ?)",
        consumer,
        event.getKey(),
        UUID.fromString(event.getEventId()),
        event.toByteArray());
  }

  /** Makes a key wait because of a failure. */
  void parkKey(String consumer, String key, Throwable failure) {
    sql.update(
        """
        insert into parked_key (consumer, key, attempt_count, last_error, next_attempt_time)
        values (?, ?, 1, ?, ?) on conflict do nothing""",
        consumer,
        key,
        nameOf(failure),
        clock.instant().plus(config.firstRetry()));
  }

  Optional<Instant> nextDue() {
    return sql.first(
        r -> Sql.instant(r, "due"), "select min(next_attempt_time) as due from parked_key");
  }

  List<Key> due(Instant now, int limit) {
    return sql.list(
        r -> new Key(r.getString("consumer"), r.getString("key")),
        "select consumer, key from parked_key where next_attempt_time <= ?"
            + " order by next_attempt_time, consumer, key limit ?",
        now,
        limit);
  }

  /** Takes the key for this transaction; false when another replica has it or it is free again. */
  boolean take(Key key) {
    return sql.first(
            r -> true,
            "select 1 from parked_key where consumer = ? and key = ? for update skip locked",
            key.consumer(),
            key.key())
        .isPresent();
  }

  /** The first event of a key that was taken. */
  Optional<Waiting> first(Key key) {
    return sql.first(
        r -> new Waiting(r.getLong("place"), parse(r.getBytes("event"))),
        "select place, event from parked_event where consumer = ? and key = ? order by place limit 1",
        key.consumer(),
        key.key());
  }

  void remove(Key key, Waiting handled) {
    sql.update(
        "delete from parked_event where consumer = ? and key = ? and place = ?",
        key.consumer(),
        key.key(),
        handled.place());
  }

  /** Frees a key behind which nothing waits any more. */
  void free(Key key) {
    sql.update("delete from parked_key where consumer = ? and key = ?", key.consumer(), key.key());
  }

  /** Notes one more failure and doubles the pause. */
  void failedAgain(Key key, Throwable failure) {
    sql.update(
        """
        update parked_key set attempt_count = attempt_count + 1, last_error = ?,
          next_attempt_time = ? + least(?, ? * power(2, least(attempt_count, 20))) * interval '1 millisecond'
        where consumer = ? and key = ?""",
        nameOf(failure),
        clock.instant(),
        LONGEST_RETRY.toMillis(),
        config.firstRetry().toMillis(),
        key.consumer(),
        key.key());
  }

  /** Makes a key due at once; returns how many events wait behind it. */
  int makeDue(String consumer, String key) {
    sql.update(
        "update parked_key set next_attempt_time = least(next_attempt_time, ?) where consumer = ? and key = ?",
        clock.instant(),
        consumer,
        key);
    return (int)
        sql.number(
            "select count(*) from parked_event where consumer = ? and key = ?", consumer, key);
  }

  ListParkedEventsResponse page(int pageSize, String pageToken) {
    List<String> keyset = PageTokens.decode(LIST_NAME, pageToken);
    int size = PageTokens.size(pageSize);
    List<Waiting> places =
        sql.list(
            r -> new Waiting(r.getLong("place"), Event.getDefaultInstance()),
            "select place from parked_event where place > ? order by place limit ?",
            keyset.isEmpty() ? 0L : number(keyset.get(0)),
            size + 1);
    long last = places.isEmpty() ? 0 : places.get(Math.min(size, places.size()) - 1).place();
    ListParkedEventsResponse.Builder response = ListParkedEventsResponse.newBuilder();
    response.addAllParkedEvents(
        sql.list(
            ParkedEvents::read,
            """
            select e.consumer, e.key, e.event_id, k.attempt_count, k.last_error, k.next_attempt_time
            from parked_event e join parked_key k on k.consumer = e.consumer and k.key = e.key
            where e.place > ? and e.place <= ? order by e.place""",
            keyset.isEmpty() ? 0L : number(keyset.get(0)),
            last));
    if (places.size() > size) {
      response.setNextPageToken(PageTokens.encode(LIST_NAME, Long.toString(last)));
    }
    return response.build();
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }

  private static ParkedEvent read(ResultSet row) throws SQLException {
    return ParkedEvent.newBuilder()
        .setConsumer(row.getString("consumer"))
        .setKey(row.getString("key"))
        .setEventId(row.getString("event_id"))
        .setAttemptCount(row.getInt("attempt_count"))
        .setLastError(row.getString("last_error"))
        .setNextAttemptTime(FeedReader.timestamp(Sql.instant(row, "next_attempt_time")))
        .build();
  }

  /** Class names only: a message could hold values of the event. */
  private static String nameOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getClass().getName();
  }

  private static Event parse(byte[] bytes) {
    try {
      return Event.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a parked event", e);
    }
  }
}
