package dev.backorder.inventory.book;

import dev.backorder.inventory.keeping.model.Segment;
import java.time.Instant;
import java.util.Optional;

/**
 * Units of an item that are kept for a segment.
 *
 * @param location only there; empty for any
 * @param quantity units, from the moment it was made
 * @param consumed of these, units that members got
 * @param endTime from then on it keeps nothing; empty until it is deleted
 * @param ended true once the queue has got what it kept
 * @param version grows with every change of what a caller can set
 */
public record RingFenceRow(
    String ringFenceId,
    String sku,
    String location,
    Segment segment,
    long quantity,
    long consumed,
    Optional<Instant> endTime,
    boolean ended,
    long version,
    Instant createTime,
    Instant updateTime) {

  /** Whether it keeps units at a moment. */
  public boolean isLive(Instant now) {
    return !ended && endTime.filter(end -> !end.isAfter(now)).isEmpty();
  }

  /** Units that its members have not got yet. */
  public long remaining() {
    return quantity - consumed;
  }

  /** Which version a caller has seen. */
  public String etag() {
    return Long.toString(version);
  }

  /** Of another size, until another time. */
  public RingFenceRow changed(long units, Optional<Instant> end, Instant now) {
    return new RingFenceRow(
        ringFenceId,
        sku,
        location,
        segment,
        units,
        consumed,
        end,
        ended,
        version + 1,
        createTime,
        now);
  }
}
