package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationLineRow.KitPart;
import dev.backorder.inventory.book.AllocationRow;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.Place;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.v1.AllocateOrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a decision into what the order holds. */
final class NewHoldings {
  private NewHoldings() {}

  static OrderHolding of(
      AllocateCall call,
      Decision decision,
      Map<String, ItemPolicy> policies,
      long sequence,
      Instant now) {
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
              WantedDates.of(line.hasWantedDate(), line.getWantedDate()),
              line.getQuantity(),
              0,
              0,
              refused[i],
              0,
              Optional.empty()));
    }
    addParts(lines, policies);
    return new OrderHolding(row, lines, portions(row, lines, decision, now));
  }

  /** The components of kits, behind the lines of the request. */
  private static void addParts(List<AllocationLineRow> lines, Map<String, ItemPolicy> policies) {
    for (AllocationLineRow line : List.copyOf(lines)) {
      ItemPolicy policy = policies.get(line.sku());
      if (policy != null) {
        for (KitComponent component : policy.components()) {
          lines.add(
              new AllocationLineRow(
                  line.orderId(),
                  lines.size(),
                  line.lineId() + "/" + component.sku(),
                  component.sku(),
                  line.wanted(),
                  line.ordered() * component.quantity(),
                  0,
                  0,
                  line.refused() * component.quantity(),
                  0,
                  Optional.of(new KitPart(line.lineNo(), component.quantity()))));
        }
      }
    }
  }

  /** The line that a grant's units belong to: of a kit the one of the component. */
  static int lineNo(List<AllocationLineRow> lines, Grant grant) {
    if (lines.get(grant.line()).sku().equals(grant.sku())) {
      return grant.line();
    }
    return lines.stream()
        .filter(line -> line.sku().equals(grant.sku()))
        .filter(line -> line.part().filter(p -> p.kitLineNo() == grant.line()).isPresent())
        .findFirst()
        .orElseThrow()
        .lineNo();
  }

  private static List<Portion> portions(
      AllocationRow row, List<AllocationLineRow> lines, Decision decision, Instant now) {
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Portion> portions = new ArrayList<>();
    for (Grant grant : decision.units()) {
      int lineNo = lineNo(lines, grant);
      int number = numbers.merge(lineNo, 1, Integer::sum);
      portions.add(
          new Portion(
              new PortionId(row.orderId(), lineNo, number),
              new StockKey(grant.sku(), grant.location()),
              grant.reserved(),
              grant.quantity(),
              new Place(row.context().priority(), grant.due(), row.sequence()),
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
