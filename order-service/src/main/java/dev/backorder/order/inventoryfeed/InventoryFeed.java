package dev.backorder.order.inventoryfeed;

import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.Allocations.Held;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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

  /** Most facts are known already, from the answers to our own calls: those are found at once. */
  @Override
  public void handle(List<FeedEvent> events) {
    List<News> all = events.stream().flatMap(event -> news(event).stream()).toList();
    Map<UUID, Long> known =
        orders.allocationVersions(all.stream().map(News::orderId).collect(Collectors.toSet()));
    Map<UUID, List<News>> byOrder = new LinkedHashMap<>();
    for (News news : all) {
      Long version = known.get(news.orderId());
      if (version != null && version < news.changed().getAllocation().getVersion()) {
        byOrder.computeIfAbsent(news.orderId(), id -> new ArrayList<>()).add(news);
      }
    }
    // A delivery of many items fills many lines of one order: it is read and written once.
    byOrder.forEach(
        (orderId, news) ->
            news.get(news.size() - 1)
                .event()
                .asCause(name(), () -> apply(orders.open(orderId), news)));
  }

  private record News(UUID orderId, AllocationChanged changed, FeedEvent event) {}

  /** Somebody else may allocate with ids of their own; such an order is none of ours. */
  private static Optional<News> news(FeedEvent event) {
    InventoryEvent fact = event.payload(InventoryEvent.parser());
    return fact.hasAllocationChanged()
        ? uuid(fact.getAllocationChanged().getAllocation().getOrderId())
            .map(orderId -> new News(orderId, fact.getAllocationChanged(), event))
        : Optional.empty();
  }

  private void apply(OrderChange change, List<News> news) {
    switch (change.order().state()) {
      case PENDING -> {
        // What it was first given comes as the answer to the call; later news must not get lost
        // before that.
        AllocationChanged newest = news.get(news.size() - 1).changed();
        if (newest.getCause() != AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED) {
          orders.keepEarlyAllocation(change.orderId(), newest.getAllocation().toByteArray());
        }
      }
      case REJECTED -> {
        // It was given back before the order was decided; there is nothing to hold.
      }
      case RESERVED, BACKORDERED, PARTLY_BACKORDERED, SHIPPED, DELIVERED, CANCELLED -> {
        List<Held> helds =
            news.stream()
                .map(n -> new Held(n.changed().getAllocation(), n.event().occurredTime()))
                .toList();
        if (allocations.applyAll(change, helds)) {
          orders.save(change);
        }
      }
    }
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
