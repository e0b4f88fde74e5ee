package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Locks what one order holds, in the order of the books: stock rows first, then the allocation. */
@ApplicationScoped
class LockedHoldings {
  private final AllocationBook allocations;
  private final StockBook stock;
  private final Clock clock;

  LockedHoldings(AllocationBook allocations, StockBook stock, Clock clock) {
    this.allocations = allocations;
    this.stock = stock;
    this.clock = clock;
  }

  /** What an order holds, and the changes that begin with it. */
  record Locked(OrderHolding holding, Changes changes) {

    /** A line by the caller's id. */
    CallersLine line(String lineId) {
      return holding.ordered().stream()
          .filter(line -> line.lineId().equals(lineId))
          .findFirst()
          .map(line -> CallersLine.of(holding, line))
          .orElseThrow(
              () ->
                  DomainException.notFound(
                      ErrorReason.ERROR_REASON_LINE_NOT_FOUND,
                      "line",
                      holding.allocation().orderId() + "/" + lineId));
    }
  }

  /**
   * Locks an order.
   *
   * @param keys which stock rows the caller is going to change
   */
  Locked lock(String orderId, Function<OrderHolding, Set<StockKey>> keys) {
    Set<StockKey> wanted = keys.apply(read(orderId));
    Changes changes = new Changes(clock.instant(), stock.lock(wanted));
    allocations.lock(List.of(orderId));
    OrderHolding holding = read(orderId);
    if (!changes.locked().keySet().containsAll(keys.apply(holding))) {
      throw new Transactions.LostRace("locations of order " + orderId);
    }
    return new Locked(holding, changes);
  }

  /** What an order holds. */
  OrderHolding read(String orderId) {
    OrderHolding holding = allocations.read(List.of(orderId)).get(orderId);
    if (holding == null) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_ALLOCATION_NOT_FOUND, "allocation", orderId);
    }
    return holding;
  }

  static void refuseRepeatedLines(List<LineQuantity> lines) {
    FieldProblems problems = new FieldProblems();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      problems.check(
          seen.add(lines.get(i).getLineId()),
          "lines[%d].line_id".formatted(i),
          "must not be named twice");
    }
    problems.throwIfAny();
  }

  static void refuseAbove(long possible, String lineId, long requested) {
    if (requested > possible) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_QUANTITY_TOO_LARGE,
          "The line has fewer units.",
          Map.of(
              "line_id", lineId,
              "requested", Long.toString(requested),
              "possible", Long.toString(possible)));
    }
  }
}
