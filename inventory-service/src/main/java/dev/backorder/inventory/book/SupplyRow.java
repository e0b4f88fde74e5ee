package dev.backorder.inventory.book;

import java.time.LocalDate;

/**
 * A dated quantity that is coming.
 *
 * @param supplyId the purchase order line, the quality hold, or the line of a transfer
 * @param kind what it is
 * @param sourceId what it belongs to: the purchase order, the quality hold or the transfer
 * @param supplier code of the supplier; empty when there is none
 * @param expected units expected in all
 * @param received units received so far
 * @param pegged units promised to waiting lines
 * @param expectedDate day that the supplier or the planner, or our estimate, says
 * @param effectiveDate day that we count on: later than the expected one once it is overdue
 * @param overdue true when its day has passed so long ago that nobody new is promised from it
 * @param tolerance units above the expected that may be received
 * @param sourceVersion version of the purchase order or transfer that it follows
 */
public record SupplyRow(
    String supplyId,
    SupplyKind kind,
    String sourceId,
    String supplier,
    StockKey key,
    long expected,
    long received,
    long pegged,
    LocalDate expectedDate,
    LocalDate effectiveDate,
    boolean overdue,
    SupplyState state,
    long tolerance,
    long sourceVersion) {

  /** Whether it is units that are in the building already. */
  public boolean isQualityHold() {
    return kind == SupplyKind.QUALITY_HOLD;
  }

  /** Units that are still to come. */
  public long open() {
    return state.isOpen() ? Math.max(0, expected - received) : 0;
  }

  /** Units that nobody is pegged to and that may be promised: none of an overdue supply. */
  public long free() {
    return overdue ? 0 : Math.max(0, open() - pegged);
  }

  /** What it adds to the balances of its item and location. */
  public StockDelta coming() {
    return switch (state) {
      case CONFIRMED -> StockDelta.coming(open(), 0);
      case PLANNED -> StockDelta.coming(0, open());
      case CLOSED, CANCELLED -> StockDelta.NONE;
    };
  }

  /** With other pegs. */
  public SupplyRow withPegged(long units) {
    return new SupplyRow(
        supplyId,
        kind,
        sourceId,
        supplier,
        key,
        expected,
        received,
        units,
        expectedDate,
        effectiveDate,
        overdue,
        state,
        tolerance,
        sourceVersion);
  }

  /** Of which another quantity is expected in all. */
  public SupplyRow withExpected(long units) {
    return new SupplyRow(
        supplyId,
        kind,
        sourceId,
        supplier,
        key,
        units,
        received,
        pegged,
        expectedDate,
        effectiveDate,
        overdue,
        state,
        tolerance,
        sourceVersion);
  }

  /** After goods arrived; closed when nothing more is to come. */
  public SupplyRow withReceived(long units) {
    return new SupplyRow(
        supplyId,
        kind,
        sourceId,
        supplier,
        key,
        expected,
        units,
        pegged,
        expectedDate,
        effectiveDate,
        overdue,
        units >= expected ? SupplyState.CLOSED : state,
        tolerance,
        sourceVersion);
  }

  /** Counted on from another day, because its own has passed. */
  public SupplyRow overdueUntil(LocalDate day) {
    return new SupplyRow(
        supplyId,
        kind,
        sourceId,
        supplier,
        key,
        expected,
        received,
        pegged,
        expectedDate,
        day,
        true,
        state,
        tolerance,
        sourceVersion);
  }

  /** The same as of another version of its source. */
  public SupplyRow withSourceVersion(long version) {
    return new SupplyRow(
        supplyId,
        kind,
        sourceId,
        supplier,
        key,
        expected,
        received,
        pegged,
        expectedDate,
        effectiveDate,
        overdue,
        state,
        tolerance,
        version);
  }
}
