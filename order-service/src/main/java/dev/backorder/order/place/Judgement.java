package dev.backorder.order.place;

import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.OrderRefusal;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.model.Portion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What becomes of an undecided order, worked out from the first answer of inventory-service. */
sealed interface Judgement {
  /** Refusals to keep with the order. */
  List<OrderRefusal> refusals();

  /** It holds what the allocation says. */
  record Accepted(Allocation allocation, List<OrderRefusal> refusals) implements Judgement {}

  /** It could not be had, and holds nothing. */
  record Refused(List<OrderRefusal> refusals) implements Judgement {}

  /**
   * It could be had, but later than the shopper was shown and accepts: what it holds has to be
   * given back.
   */
  record TooLate(List<OrderRefusal> refusals) implements Judgement {}

  /**
   * The judgement. The same answer always gives the same one, so that a process can be repeated.
   */
  static Judgement of(OrderRecord order, AllocateOrderResponse answer) {
    List<OrderRefusal> refused = answer.getRefusalsList().stream().map(Judgement::refusal).toList();
    if (!answer.hasAllocation()) {
      return new Refused(refused);
    }
    List<OrderRefusal> late = tooLate(order, answer.getAllocation());
    return late.isEmpty() ? new Accepted(answer.getAllocation(), refused) : new TooLate(late);
  }

  private static List<OrderRefusal> tooLate(OrderRecord order, Allocation allocation) {
    Map<UUID, AllocationLine> held = new HashMap<>();
    allocation.getLinesList().forEach(line -> held.put(UUID.fromString(line.getLineId()), line));
    List<OrderRefusal> late = new ArrayList<>();
    for (OrderLine line : order.lines()) {
      AllocationLine got = held.get(line.lineId());
      if (got == null || line.acceptsWorse() || line.shownShipByDate().isEmpty()) {
        continue;
      }
      LocalDate shown = line.shownShipByDate().get();
      Allocations.portions(got).stream()
          .map(portion -> portion.terms().shipByDate())
          .max(Comparator.naturalOrder())
          .filter(given -> given.isAfter(shown))
          .ifPresent(given -> late.add(worse(line, got, shown, given)));
    }
    return late;
  }

  private static OrderRefusal worse(
      OrderLine line, AllocationLine got, LocalDate shown, LocalDate given) {
    long inTime =
        Allocations.portions(got).stream()
            .filter(portion -> !portion.terms().shipByDate().isAfter(shown))
            .mapToLong(Portion::quantity)
            .sum();
    return new OrderRefusal(
        line.lineId(),
        line.sku(),
        line.quantities().ordered(),
        inTime,
        OrderRefusal.WORSE_PROMISE,
        Optional.of(shown),
        Optional.of(given));
  }

  private static OrderRefusal refusal(Refusal refusal) {
    return new OrderRefusal(
        UUID.fromString(refusal.getLineId()),
        refusal.getSku(),
        refusal.getRequestedQuantity(),
        refusal.getOrderableQuantity(),
        OrderViews.shortName(refusal.getReason(), RefusalReason.UNRECOGNIZED, "REFUSAL_REASON_"),
        Optional.empty(),
        Optional.empty());
  }
}
