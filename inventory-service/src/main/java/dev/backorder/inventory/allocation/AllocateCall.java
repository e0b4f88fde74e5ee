package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call to allocate an order on its way through the lane, with all that is known only on the
 * caller's thread.
 */
record AllocateCall(AllocateOrderRequest request, RequestDraft draft, Calls.Chain chain) {

  /** Checks what the contract cannot say. */
  static AllocateCall of(AllocateOrderRequest request, RequestLog requests) {
    FieldProblems problems = new FieldProblems();
    Set<String> lineIds = new HashSet<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      problems.check(
          lineIds.add(request.getLines(i).getLineId()),
          "lines[%d].line_id".formatted(i),
          "must be unique in the order");
      if (request.getLines(i).hasWantedDate()) {
        WantedDates.check(
            request.getLines(i).getWantedDate(), "lines[%d].wanted_date".formatted(i), problems);
      }
      checkLatest(request.getLines(i), "lines[%d].latest_ship_by_date".formatted(i), problems);
    }
    problems.throwIfAny();
    return new AllocateCall(
        request, requests.draft(request.getRequestId(), request), Calls.chain());
  }

  private static void checkLatest(AllocateOrderLine line, String field, FieldProblems problems) {
    if (!line.hasLatestShipByDate()) {
      return;
    }
    WantedDates.check(line.getLatestShipByDate(), field, problems);
    boolean isInOrder =
        !line.hasWantedDate()
            || Wire.day(line.getWantedDate(), "wanted_date", new FieldProblems())
                .flatMap(
                    wanted ->
                        Wire.day(line.getLatestShipByDate(), field, new FieldProblems())
                            .map(latest -> !latest.isBefore(wanted)))
                .orElse(true);
    problems.check(isInOrder, field, "must not be before wanted_date");
  }

  String orderId() {
    return request.getOrderId();
  }

  /** The cart that becomes the order; empty when there is none. */
  String cartId() {
    return request.getCartId();
  }

  Buyer buyer() {
    return SalesContexts.buyer(request.getSalesContext());
  }

  Question question(Map<String, ItemPolicy> policies, OwnHold hold) {
    return new Question(demands(), buyer(), policies, hold);
  }

  List<Demand> demands() {
    return request.getLinesList().stream()
        .map(
            line ->
                new Demand(
                    line.getSku(),
                    line.getQuantity(),
                    WantedDates.of(line.hasWantedDate(), line.getWantedDate()),
                    WantedDates.of(line.hasLatestShipByDate(), line.getLatestShipByDate())))
        .toList();
  }

  ShortageRule shortageRule() {
    return SalesContexts.shortageRule(request.getShortageRule());
  }
}
