package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;

/**
 * A call to ship on its way through the lane, with all that is known only on the caller's thread.
 */
record ShipCall(
    ShipAllocationRequest request, RequestDraft draft, String caller, Calls.Chain chain) {

  /** Checks what the contract cannot say. */
  static ShipCall of(ShipAllocationRequest request, RequestLog requests) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    return new ShipCall(
        request, requests.draft(request.getRequestId(), request), Calls.caller(), Calls.chain());
  }

  String orderId() {
    return request.getOrderId();
  }
}
