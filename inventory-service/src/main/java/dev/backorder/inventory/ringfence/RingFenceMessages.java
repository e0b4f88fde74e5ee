package dev.backorder.inventory.ringfence;

import com.google.protobuf.Timestamp;
import dev.backorder.inventory.book.RingFenceRow;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.FieldProblems;
import java.time.Instant;
import java.util.Optional;

/** Ring fences as the contract writes them. */
final class RingFenceMessages {
  private static final long LAST_SECOND = 253_402_300_799L;
  private static final int NANOS = 1_000_000_000;

  private RingFenceMessages() {}

  /** Reads one that shall be made. */
  static RingFenceRow parse(RingFence message, Instant now) {
    FieldProblems problems = new FieldProblems();
    RingFenceRow row = row(message, now, problems);
    problems.throwIfAny();
    return row;
  }

  /** Reads one that shall replace another. */
  static RingFenceRow parseUpdate(RingFence message, Instant now) {
    FieldProblems problems = new FieldProblems();
    problems.check(!message.getEtag().isEmpty(), "ring_fence.etag", "must be the etag last read");
    RingFenceRow row = row(message, now, problems);
    problems.throwIfAny();
    return row;
  }

  /** Refuses to change what cannot change. */
  static void refuseOthers(RingFenceRow row, RingFenceRow wanted) {
    FieldProblems problems = new FieldProblems();
    problems.check(wanted.sku().equals(row.sku()), "ring_fence.sku", "cannot change");
    problems.check(
        wanted.location().equals(row.location()), "ring_fence.location", "cannot change");
    problems.check(
        wanted.segment().channel().equals(row.segment().channel()),
        "ring_fence.channel",
        "cannot change");
    problems.check(
        wanted.segment().customerClass().equals(row.segment().customerClass()),
        "ring_fence.customer_class",
        "cannot change");
    problems.throwIfAny();
  }

  private static RingFenceRow row(RingFence message, Instant now, FieldProblems problems) {
    problems.check(
        !message.getChannel().isEmpty() || !message.getCustomerClass().isEmpty(),
        "ring_fence.channel",
        "must be set when customer_class is not");
    return new RingFenceRow(
        message.getRingFenceId(),
        message.getSku(),
        message.getLocation(),
        new Segment(message.getChannel(), message.getCustomerClass()),
        message.getQuantity(),
        0,
        message.hasEndTime() ? end(message.getEndTime(), problems) : Optional.empty(),
        false,
        1,
        now,
        now);
  }

  private static Optional<Instant> end(Timestamp time, FieldProblems problems) {
    boolean exists =
        time.getSeconds() >= 0
            && time.getSeconds() <= LAST_SECOND
            && time.getNanos() >= 0
            && time.getNanos() < NANOS;
    problems.check(exists, "ring_fence.end_time", "must be a time from 1970 to 9999");
    return exists
        ? Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()))
        : Optional.empty();
  }

  /**
   * Writes one.
   *
   * @param remaining units that it still keeps
   */
  static RingFence render(RingFenceRow row, long remaining, Instant now) {
    RingFence.Builder message =
        RingFence.newBuilder()
            .setRingFenceId(row.ringFenceId())
            .setSku(row.sku())
            .setLocation(row.location())
            .setChannel(row.segment().channel())
            .setCustomerClass(row.segment().customerClass())
            .setQuantity(row.quantity())
            .setConsumedQuantity(row.consumed())
            .setRemainingQuantity(Math.max(0, remaining))
            .setEnded(!row.isLive(now))
            .setEtag(row.etag())
            .setCreateTime(Wire.timestamp(row.createTime()))
            .setUpdateTime(Wire.timestamp(row.updateTime()));
    row.endTime().ifPresent(end -> message.setEndTime(Wire.timestamp(end)));
    return message.build();
  }
}
