package dev.backorder.inventory.hold;

import dev.backorder.inventory.allocation.AllocationConfig;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceHoldResponse;
import dev.backorder.platform.lane.Lane;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * The one lane of this process through which carts get their holds: in a sale they all want the
 * same few items.
 */
@ApplicationScoped
class HoldLane {
  private final RequestLog requests;
  private final Lane<HoldCall, Verdict<PlaceHoldResponse>> lane;

  HoldLane(Holds holds, RequestLog requests, Transactions transactions, AllocationConfig config) {
    this.requests = requests;
    this.lane =
        new Lane<>(
            "hold",
            config.laneCapacityLines(),
            config.linesPerBatch(),
            call -> call.request().getLinesCount(),
            batch -> transactions.retrying(() -> holds.place(batch)));
  }

  PlaceHoldResponse place(PlaceHoldRequest request) {
    return lane.call(HoldCall.of(request, requests)).get();
  }

  @PreDestroy
  void close() {
    lane.close();
  }
}
