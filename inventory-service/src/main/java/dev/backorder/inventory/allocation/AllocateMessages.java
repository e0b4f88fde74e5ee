package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Shortage;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.RefusalReason;
import java.util.HashSet;
import java.util.Set;

/** Answers to an order as the contract writes them. */
final class AllocateMessages {
  private AllocateMessages() {}

  /**
   * The response to one order.
   *
   * @param holding what it got; {@code null} when nothing was allocated
   */
  static AllocateOrderResponse response(
      AllocateCall call, Decision decision, OrderHolding holding) {
    AllocateOrderResponse.Builder response = AllocateOrderResponse.newBuilder();
    if (holding != null) {
      response.setAllocation(AllocationMessages.render(holding));
    }
    Set<Integer> told = new HashSet<>();
    for (Shortage shortage : decision.shortages()) {
      // One refusal per line; its first reason is the one that came into effect first.
      if (told.add(shortage.line())) {
        response.addRefusals(refusal(call, decision, shortage));
      }
    }
    return response.build();
  }

  private static Refusal refusal(AllocateCall call, Decision decision, Shortage shortage) {
    AllocateOrderLine line = call.request().getLines(shortage.line());
    return Refusal.newBuilder()
        .setLineId(line.getLineId())
        .setSku(line.getSku())
        .setRequestedQuantity(line.getQuantity())
        .setOrderableQuantity(line.getQuantity() - decision.refusedTo(shortage.line()))
        .setReason(reason(shortage.reason()))
        .build();
  }

  private static RefusalReason reason(Shortage.Reason reason) {
    return switch (reason) {
      case UNKNOWN_ITEM -> RefusalReason.REFUSAL_REASON_UNKNOWN_ITEM;
      case OUT_OF_STOCK -> RefusalReason.REFUSAL_REASON_OUT_OF_STOCK;
      case BACKORDER_LIMIT -> RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT;
      case WAIT_TOO_LONG -> RefusalReason.REFUSAL_REASON_WAIT_TOO_LONG;
      case NO_REPLENISHMENT -> RefusalReason.REFUSAL_REASON_NO_REPLENISHMENT;
      case NO_LOCATION -> RefusalReason.REFUSAL_REASON_NO_LOCATION;
    };
  }
}
