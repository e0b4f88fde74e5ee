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
    List<AllocationLineRow> lines =
        lines(call.orderId(), 0, call.request().getLinesList(), decision, policies);
    return new OrderHolding(row, lines, portions(row, sequence, lines, decision, now));
  }

  /**
   * Lines of an order as they were decided, then the components of kits among them.
   *
   * @param first number of the first of them in the order
   */
  static List<AllocationLineRow> lines(
      String orderId,
      int first,
      List<AllocateOrderLine> asked,
      Decision decision,
      Map<String, ItemPolicy> policies) {
    long[] refused = new long[asked.size()];
    decision.shortages().forEach(s -> refused[s.line()] += s.quantity());
    List<AllocationLineRow> lines = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      AllocateOrderLine line = asked.get(i);
      lines.add(
          new AllocationLineRow(
              orderId,
              first + i,
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
    addParts(lines, first, policies);
    return lines;
  }

  /** The components of kits, behind the lines of the request. */
  private static void addParts(
      List<AllocationLineRow> lines, int first, Map<String, ItemPolicy> policies) {
    for (AllocationLineRow line : List.copyOf(lines)) {
      ItemPolicy policy = policies.get(line.sku());
      if (policy != null) {
        for (KitComponent component : policy.components()) {
          lines.add(
              new AllocationLineRow(
                  line.orderId(),
                  first + lines.size(),
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
    AllocationLineRow ordered = lines.get(grant.line());
    if (ordered.sku().equals(grant.sku())) {
      return ordered.lineNo();
    }
    return lines.stream()
        .filter(line -> line.sku().equals(grant.sku()))
        .filter(line -> line.part().filter(p -> p.kitLineNo() == ordered.lineNo()).isPresent())
        .findFirst()
        .orElseThrow()
        .lineNo();
  }

  /**
   * What these lines hold.
   *
   * @param sequence when they came, in the queue
   */
  static List<Portion> portions(
      AllocationRow row,
      long sequence,
      List<AllocationLineRow> lines,
      Decision decision,
      Instant now) {
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
              new Place(row.context().priority(), grant.due(), sequence),
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
