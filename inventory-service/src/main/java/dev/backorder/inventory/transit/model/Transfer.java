package dev.backorder.inventory.transit.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Units that move from one location to another together. Every change is the next version; whether
 * it may be made now says {@link TransferState#allows}.
 *
 * @param from the origin
 * @param to the destination
 * @param expectedDate day of arrival at the destination
 * @param lines one for each item
 * @param endReason why it was closed or cancelled; empty otherwise
 */
public record Transfer(
    String id,
    String from,
    String to,
    LocalDate expectedDate,
    TransferState state,
    List<TransferLine> lines,
    String reason,
    String actor,
    String endReason,
    long version,
    Instant createTime,
    Instant updateTime,
    Optional<Instant> shipTime) {

  /** Copies the list. */
  public Transfer {
    lines = List.copyOf(lines);
  }

  /** A new one, whose units are all set aside. */
  public static Transfer planned(
      String id,
      String from,
      String to,
      LocalDate expectedDate,
      List<TransferLine> lines,
      String reason,
      String actor,
      Instant now) {
    return new Transfer(
        id,
        from,
        to,
        expectedDate,
        TransferState.PLANNED,
        lines,
        reason,
        actor,
        "",
        1,
        now,
        now,
        Optional.empty());
  }

  /** The same with these lines. */
  public Transfer withLines(List<TransferLine> others) {
    return new Transfer(
        id,
        from,
        to,
        expectedDate,
        state,
        others,
        reason,
        actor,
        endReason,
        version,
        createTime,
        updateTime,
        shipTime);
  }

  /** Units that left by item, where fewer than all that are set aside did; the rest stays. */
  public Transfer shipped(Map<String, Long> fewer, LocalDate expected, Instant now) {
    check(TransferCall.SHIP);
    Transfer next =
        next(
            TransferState.SHIPPED,
            line -> line.left(fewer.getOrDefault(line.sku(), line.outgoing())),
            endReason,
            now);
    return next.leaving(expected, Optional.of(now));
  }

  /** Units arrived, by supply. */
  public Transfer received(Map<String, Long> units, Instant now) {
    check(TransferCall.RECEIVE);
    UnaryOperator<TransferLine> arrive =
        line -> line.arrived(units.getOrDefault(line.supplyId(), 0L));
    boolean isAll = lines.stream().map(arrive).allMatch(line -> line.inTransit() == 0);
    return next(isAll ? TransferState.RECEIVED : state, arrive, endReason, now);
  }

  /** What is in transit never arrives. */
  public Transfer closed(String why, Instant now) {
    check(TransferCall.CLOSE);
    return next(TransferState.CLOSED, TransferLine::writtenOffRest, why, now);
  }

  /** Nothing leaves. */
  public Transfer cancelled(String why, Instant now) {
    check(TransferCall.CANCEL);
    return next(TransferState.CANCELLED, line -> line.left(0), why, now);
  }

  /** It is expected on another day. */
  public Transfer redated(LocalDate day, Instant now) {
    check(TransferCall.REDATE);
    return next(state, line -> line, endReason, now).leaving(day, shipTime);
  }

  /** Units that were set aside are gone, by supply. */
  public Transfer lost(Map<String, Long> units, Instant now) {
    if (state != TransferState.PLANNED) {
      throw new IllegalStateException("nothing is set aside for transfer " + id);
    }
    return next(state, line -> line.lost(units.getOrDefault(line.supplyId(), 0L)), endReason, now);
  }

  private void check(TransferCall call) {
    if (!state.allows(call)) {
      throw new IllegalStateException("%s of transfer %s, which is %s".formatted(call, id, state));
    }
  }

  private Transfer next(
      TransferState next, UnaryOperator<TransferLine> line, String endedBecause, Instant now) {
    return new Transfer(
        id,
        from,
        to,
        expectedDate,
        next,
        lines.stream().map(line).toList(),
        reason,
        actor,
        endedBecause,
        version + 1,
        createTime,
        now,
        shipTime);
  }

  private Transfer leaving(LocalDate expected, Optional<Instant> shipped) {
    return new Transfer(
        id,
        from,
        to,
        expected,
        state,
        lines,
        reason,
        actor,
        endReason,
        version,
        createTime,
        updateTime,
        shipped);
  }
}
