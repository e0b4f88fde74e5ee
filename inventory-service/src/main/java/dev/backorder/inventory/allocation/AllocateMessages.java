package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderResponse;

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
    return response
        .addAllRefusals(
            RefusalMessages.of(
                decision,
                position -> {
                  AllocateOrderLine line = call.request().getLines(position);
                  return new RefusalMessages.Line(
                      line.getLineId(), line.getSku(), line.getQuantity());
                }))
        .build();
  }
}
