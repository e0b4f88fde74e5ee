package dev.backorder.supplier.feed;

import dev.backorder.inventory.v1.GoodsReceived;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import dev.backorder.supplier.need.RaisedNeed;
import dev.backorder.supplier.need.ReorderNeeds;
import dev.backorder.supplier.purchaseorder.PurchaseOrders;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows inventory-service: what has to be bought, and what has arrived. Both are safe to hear
 * twice: a need is stored by its id, and a receipt tells the total of its line.
 */
@ApplicationScoped
class InventoryFeed implements FeedConsumer {
  private final ReorderNeeds needs;
  private final PurchaseOrders orders;

  InventoryFeed(ReorderNeeds needs, PurchaseOrders orders) {
    this.needs = needs;
    this.orders = orders;
  }

  @Override
  public String name() {
    return "supplier-service";
  }

  @Override
  public String producer() {
    return "inventory";
  }

  @Override
  public void handle(FeedEvent event) {
    InventoryEvent payload = event.payload(InventoryEvent.parser());
    switch (payload.getFactCase()) {
      case REORDER_NEEDED -> follow(payload.getReorderNeeded().getReorderNeed(), event);
      case GOODS_RECEIVED -> follow(payload.getGoodsReceived());
      case ALLOCATION_CHANGED, FACT_NOT_SET -> {}
    }
  }

  private void follow(ReorderNeed need, FeedEvent event) {
    switch (need.getState()) {
      case REORDER_NEED_STATE_OPEN -> needs.raise(parse(need, event));
      case REORDER_NEED_STATE_CANCELLED -> needs.withdraw(parse(need, event));
      // Bought already: by the line that told inventory-service so.
      case REORDER_NEED_STATE_ORDERED -> {}
      case REORDER_NEED_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("state of need " + need.getNeedId());
    }
  }

  private void follow(GoodsReceived received) {
    orders.receive(
        UUID.fromString(received.getSupply().getPurchaseOrderId()),
        UUID.fromString(received.getSupply().getSupplyId()),
        received.getSupply().getReceivedQuantity());
  }

  private static RaisedNeed parse(ReorderNeed need, FeedEvent event) {
    if (need.getQuantity() < 1 || need.getSku().isEmpty() || need.getLocation().isEmpty()) {
      throw new IllegalArgumentException("need %s is not whole".formatted(need.getNeedId()));
    }
    Optional<LocalDate> needBy =
        need.hasNeedByDate()
            ? Optional.of(
                LocalDate.of(
                    need.getNeedByDate().getYear(),
                    need.getNeedByDate().getMonth(),
                    need.getNeedByDate().getDay()))
            : Optional.empty();
    return new RaisedNeed(
        UUID.fromString(need.getNeedId()),
        need.getSku(),
        need.getLocation(),
        need.getQuantity(),
        needBy,
        event.id(),
        event.correlationId());
  }
}
