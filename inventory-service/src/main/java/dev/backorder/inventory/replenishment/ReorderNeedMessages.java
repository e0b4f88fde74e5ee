package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.replenishment.model.ReorderNeed;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.ReorderNeedState;
import dev.backorder.inventory.v1.ReorderNeeded;
import dev.backorder.inventory.wire.Wire;
import java.util.Optional;

/** Needs as the contract writes them. */
final class ReorderNeedMessages {
  private ReorderNeedMessages() {}

  static dev.backorder.inventory.v1.ReorderNeed render(ReorderNeed need) {
    dev.backorder.inventory.v1.ReorderNeed.Builder message =
        dev.backorder.inventory.v1.ReorderNeed.newBuilder()
            .setNeedId(need.needId().toString())
            .setSku(need.sku())
            .setLocation(need.location())
            .setQuantity(need.quantity())
            .setWaitingQuantity(need.waitingQuantity())
            .setState(
                switch (need.state()) {
                  case OPEN -> ReorderNeedState.REORDER_NEED_STATE_OPEN;
                  case ORDERED -> ReorderNeedState.REORDER_NEED_STATE_ORDERED;
                  case CANCELLED -> ReorderNeedState.REORDER_NEED_STATE_CANCELLED;
                })
            .setCreateTime(Wire.timestamp(need.createTime()));
    need.needByDate().map(Wire::date).ifPresent(message::setNeedByDate);
    return message.build();
  }

  static InventoryEvent event(ReorderNeed need) {
    return InventoryEvent.newBuilder()
        .setReorderNeeded(ReorderNeeded.newBuilder().setReorderNeed(render(need)))
        .build();
  }

  /** The state that a list is filtered by; empty for all. */
  static Optional<ReorderNeed.State> filter(ReorderNeedState message) {
    return switch (message) {
      case REORDER_NEED_STATE_OPEN -> Optional.of(ReorderNeed.State.OPEN);
      case REORDER_NEED_STATE_ORDERED -> Optional.of(ReorderNeed.State.ORDERED);
      case REORDER_NEED_STATE_CANCELLED -> Optional.of(ReorderNeed.State.CANCELLED);
      case REORDER_NEED_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }
}
