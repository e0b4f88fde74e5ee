package dev.backorder.platform.feed;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads the numbered events of this service. */
@ApplicationScoped
class FeedReader {
  /** Most payload bytes of one answer, well under the message limit of clients. */
  private static final int MOST_BYTES = 1_048_576;

  private final Sql sql;

  FeedReader(Sql sql) {
    this.sql = sql;
  }

  /** The newest place in the feed. */
  Cursor head() {
    return sql.first(
            r -> new Cursor(r.getString("epoch"), r.getLong("position")),
            "select epoch, position from feed_head where id = 1")
        .orElseThrow();
  }

  /**
   * The place that a caller names; the start of the feed for an empty text.
   *
   * @throws DomainException PRECONDITION FEED_RESET when it belongs to another life of the feed, or
   *     to a future that a restore has taken back
   */
  Cursor place(String field, String cursor) {
    Cursor head = head();
    if (cursor.isEmpty()) {
      return new Cursor(head.epoch(), 0);
    }
    Cursor place = Cursor.decode(field, cursor);
    if (!place.epoch().equals(head.epoch()) || place.position() > head.position()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_FEED_RESET,
          "The cursor belongs to an earlier life of this feed: start again without a cursor.",
          Map.of());
    }
    return place;
  }

  /** Events after a place, in order; at least one if there is any. */
  List<Event> after(Cursor place, int limit) {
    return after(place, Long.MAX_VALUE, limit);
  }

  /**
   * Events after a place and up to a position, in order; at least one if there is any, at most
   * {@code limit} and about a megabyte.
   */
  List<Event> after(Cursor place, long last, int limit) {
    return sql.list(
        FeedReader::read,
        """
        select s.*, h.epoch from (
          select e.*, b.position, sum(length(e.payload)) over (order by b.position) - length(e.payload) as bytes_before
          from (select position, sequence_number from event_position
                where position > ? and position <= ? order by position limit ?) b
          join event e on e.sequence_number = b.sequence_number) s
        cross join feed_head h
        where s.bytes_before < ? order by s.position""",
        place.position(),
        last,
        limit,
        MOST_BYTES);
  }

  static Event read(ResultSet row) throws SQLException {
    return Event.newBuilder()
        .setEventId(row.getString("event_id"))
        .setKey(row.getString("key"))
        .setKeyVersion(row.getLong("key_version"))
        .setSchemaVersion(row.getInt("schema_version"))
        .setOccurredTime(timestamp(Sql.instant(row, "occurred_time")))
        .setRecordedTime(timestamp(Sql.instant(row, "recorded_time")))
        .setCorrelationId(row.getString("correlation_id"))
        .setCausationId(row.getString("causation_id"))
        .setTraceparent(row.getString("traceparent"))
        .setPayload(
            Any.newBuilder()
                .setTypeUrl(row.getString("payload_type"))
                .setValue(ByteString.copyFrom(row.getBytes("payload"))))
        .setCursor(new Cursor(row.getString("epoch"), row.getLong("position")).encode())
        .build();
  }

  static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
