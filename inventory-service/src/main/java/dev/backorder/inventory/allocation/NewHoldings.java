package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationRow;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.Place;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.v1.AllocateOrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Turns a decision into what the order holds. */
final class NewHoldings {
  private NewHoldings() {}

  static OrderHolding of(AllocateCall call, Decision decision, long sequence, Instant now) {
    AllocationRow row =
        new AllocationRow(
            call.orderId(),
            SalesContexts.row(call.request().getSalesContext()),
            sequence,
            1,
            now,
            now);
    long[] refused = new long[call.request().getLinesCount()];
    decision.shortages().forEach(s -> refused[s.line()] += s.quantity());
    List<AllocationLineRow> lines = new ArrayList<>();
    for (int i = 0; i < call.request().getLinesCount(); i++) {
      AllocateOrderLine line = call.request().getLines(i);
      lines.add(
          new AllocationLineRow(
              call.orderId(),
              i,
              line.getLineId(),
              line.getSku(),
              line.getQuantity(),
              0,
              0,
              refused[i],
              0));
    }
    return new OrderHolding(row, lines, portions(row, lines, decision, now));
  }

  private static List<Portion> portions(
      AllocationRow row, List<AllocationLineRow> lines, Decision decision, Instant now) {
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Portion> portions = new ArrayList<>();
    for (Grant grant : decision.grants()) {
      int number = numbers.merge(grant.line(), 1, Integer::sum);
      portions.add(
          new Portion(
              new PortionId(row.orderId(), grant.line(), number),
              new StockKey(lines.get(grant.line()).sku(), grant.location()),
              grant.reserved(),
              grant.quantity(),
              new Place(row.context().priority(), row.sequence()),
              new Segment(row.context().channel(), row.context().customerClass()),
              grant.supplyId(),
              grant.promise(),
              grant.terms(),
              now));
    }
    // As they are read back later: by line, then the earliest date, then what is reserved.
    portions.sort(
        Comparator.comparingInt((Portion p) -> p.id().lineNo())
            .thenComparing(p -> p.promise().shipBy())
            .thenComparing(p -> !p.reserved())
            .thenComparing(p -> p.id().portionNo()));
    return portions;
  }
}
