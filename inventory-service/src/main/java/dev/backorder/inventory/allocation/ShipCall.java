package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;

/**
 * A call to ship on its way through the lane, with all that is known only on the caller's thread.
 */
record ShipCall(
    ShipAllocationRequest request, RequestDraft draft, String caller, Changes.Chain chain) {

  /** Checks what the contract cannot say. */
  static ShipCall of(ShipAllocationRequest request, RequestLog requests) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    return new ShipCall(
        request,
        requests.draft(request.getRequestId(), request),
        Calls.caller(),
        new Changes.Chain(Calls.correlationId(), Calls.causationId()));
  }

  String orderId() {
    return request.getOrderId();
  }
}
