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

  /** Facts about orders; their keys are the only ones of that feed that may be ids of ours. */
  @Override
  public boolean concerns(FeedEvent event) {
    return uuid(event.key()).isPresent();
  }

  /**
   * Most facts are known already, from the answers to our own calls: the version of an allocation
   * is the version of its key, so those are passed over unread. A delivery of many items fills many
   * lines of many orders: all of them are read and written together, each once.
   */
  @Override
  public void handle(List<FeedEvent> events) {
    Map<UUID, Long> known =
        orders.allocationVersions(
            events.stream().flatMap(e -> uuid(e.key()).stream()).collect(Collectors.toSet()));
    Map<UUID, List<News>> byOrder = new LinkedHashMap<>();
    for (FeedEvent event : events) {
      Optional<UUID> orderId = uuid(event.key());
      // Somebody else may allocate with ids of their own; such an order is none of ours.
      if (orderId.filter(id -> isNewer(event, known.get(id))).isPresent()) {
        InventoryEvent fact = event.payload(InventoryEvent.parser());
        if (fact.hasAllocationChanged()) {
          byOrder
              .computeIfAbsent(orderId.get(), id -> new ArrayList<>())
              .add(new News(fact.getAllocationChanged(), event));
        }
      }
    }
    apply(byOrder);
  }

  private record News(AllocationChanged changed, FeedEvent event) {}

  private static boolean isNewer(FeedEvent event, Long knownVersion) {
    return knownVersion != null && knownVersion < event.keyVersion();
  }

  private void apply(Map<UUID, List<News>> byOrder) {
    Map<OrderChange, List<Held>> helds = new LinkedHashMap<>();
    orders
        .openAll(byOrder.keySet())
        .forEach(
            (orderId, change) -> {
              List<News> news = byOrder.get(orderId);
              change.causedBy(news.get(news.size() - 1).event().chain());
              if (isDecided(change, news)) {
                helds.put(change, news.stream().map(InventoryFeed::held).toList());
              }
            });
    orders.saveAll(List.copyOf(allocations.applyAll(helds)));
  }

  /** True when the order can take the news now. */
  private boolean isDecided(OrderChange change, List<News> news) {
    return switch (change.order().state()) {
      case PENDING -> {
        // What it was first given comes as the answer to the call; later news must not get lost
        // before that.
        AllocationChanged newest = news.get(news.size() - 1).changed();
        if (newest.getCause() != AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED) {
          orders.keepEarlyAllocation(change.orderId(), newest.getAllocation().toByteArray());
        }
        yield false;
      }
      // It was given back before the order was decided; there is nothing to hold.
      case REJECTED -> false;
      case RESERVED, BACKORDERED, PARTLY_BACKORDERED, SHIPPED, DELIVERED, CANCELLED -> true;
    };
  }

  private static Held held(News news) {
    return new Held(news.changed().getAllocation(), news.event().occurredTime());
  }

  private static Optional<UUID> uuid(String text) {
    try {
      return Optional.of(UUID.fromString(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
