package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.platform.lane.Lane;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/** The one lane of this process through which all orders pass, in the order in which they come. */
@ApplicationScoped
class AllocationLane {
  private final RequestLog requests;
  private final Lane<AllocateCall, Verdict<AllocateOrderResponse>> lane;

  AllocationLane(
      Allocations allocations,
      RequestLog requests,
      Transactions transactions,
      AllocationConfig config) {
    this.requests = requests;
    this.lane =
        new Lane<>(
            "allocation",
            config.laneCapacityLines(),
            config.linesPerBatch(),
            call -> call.request().getLinesCount(),
            batch -> transactions.retrying(() -> allocations.allocate(batch)));
  }

  AllocateOrderResponse allocate(AllocateOrderRequest request) {
    return lane.call(AllocateCall.of(request, requests)).get();
  }

  @PreDestroy
  void close() {
    lane.close();
  }
}
