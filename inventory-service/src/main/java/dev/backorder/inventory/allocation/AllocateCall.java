package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import java.util.HashSet;
import java.util.List;
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
    }
    problems.throwIfAny();
    return new AllocateCall(
        request, requests.draft(request.getRequestId(), request), Calls.chain());
  }

  String orderId() {
    return request.getOrderId();
  }

  Buyer buyer() {
    return buyer(request.getSalesContext());
  }

  List<Demand> demands() {
    return request.getLinesList().stream()
        .map(line -> new Demand(line.getSku(), line.getQuantity()))
        .toList();
  }

  ShortageRule shortageRule() {
    return switch (request.getShortageRule()) {
      case SHORTAGE_RULE_REFUSE_UNITS -> ShortageRule.REFUSE_UNITS;
      default -> ShortageRule.REFUSE_ORDER;
    };
  }

  static Buyer buyer(SalesContext context) {
    return new Buyer(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry());
  }
}
