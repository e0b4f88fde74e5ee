package dev.backorder.order.inventoryfeed;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Follows what orders hold in inventory-service: fills, new dates, releases, shipments, returns.
 */
@ApplicationScoped
class InventoryFeed implements FeedConsumer {
  private final Orders orders;
  private final Allocations allocations;

  InventoryFeed(Orders orders, Allocations allocations) {
    this.orders = orders;
    this.allocations = allocations;
  }

  @Override
  public String name() {
    return "order-service";
  }

  @Override
  public String producer() {
    return "inventory";
  }

  @Override
  public void handle(FeedEvent event) {
    InventoryEvent fact = event.payload(InventoryEvent.parser());
    if (!fact.hasAllocationChanged()) {
      return;
    }
    AllocationChanged changed = fact.getAllocationChanged();
    // Somebody else may allocate with ids of their own; such an order is none of ours.
    Optional<UUID> orderId = uuid(changed.getAllocation().getOrderId());
    if (orderId
        .flatMap(orders::allocationVersion)
        .filter(known -> known < version(changed))
        .isPresent()) {
      apply(orders.open(orderId.get()), changed, event);
    }
  }

  private void apply(OrderChange change, AllocationChanged changed, FeedEvent event) {
    Allocation allocation = changed.getAllocation();
    switch (change.order().state()) {
      case PENDING -> {
        // What it was first given comes as the answer to the call; later news must not get lost
        // before that.
        if (changed.getCause() != AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED) {
          orders.keepEarlyAllocation(change.orderId(), allocation.toByteArray());
        }
      }
      case REJECTED -> {
        // It was given back before the order was decided; there is nothing to hold.
      }
      case RESERVED, BACKORDERED, PARTLY_BACKORDERED, SHIPPED, DELIVERED, CANCELLED -> {
        if (allocations.apply(change, allocation, event.occurredTime())) {
          orders.save(change);
        }
      }
    }
  }

  private static long version(AllocationChanged changed) {
    return changed.getAllocation().getVersion();
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
