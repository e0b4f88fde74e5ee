package dev.backorder.supplier.feed;

import com.google.protobuf.Timestamp;
import dev.backorder.inventory.v1.GoodsReceived;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import dev.backorder.supplier.need.RaisedNeed;
import dev.backorder.supplier.need.ReorderNeeds;
import dev.backorder.supplier.purchaseorder.Arrival;
import dev.backorder.supplier.purchaseorder.PurchaseOrders;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** What orders hold is none of its business, and most of that feed. */
  @Override
  public boolean concerns(FeedEvent event) {
    return switch (event.payload(InventoryEvent.parser()).getFactCase()) {
      case REORDER_NEEDED, GOODS_RECEIVED -> true;
      case ALLOCATION_CHANGED, TRANSFER_CHANGED, FACT_NOT_SET -> false;
    };
  }

  /** Receipts that are read together are written together, each purchase order once. */
  @Override
  public void handle(List<FeedEvent> events) {
    Map<UUID, Receipts> receipts = new LinkedHashMap<>();
    for (FeedEvent event : events) {
      InventoryEvent payload = event.payload(InventoryEvent.parser());
      switch (payload.getFactCase()) {
        case REORDER_NEEDED -> {
          ReorderNeed need = payload.getReorderNeeded().getReorderNeed();
          event.asCause(name(), () -> follow(need, event));
        }
        case GOODS_RECEIVED ->
            receipts
                .computeIfAbsent(UUID.fromString(event.key()), id -> new Receipts())
                .add(event, payload.getGoodsReceived());
        case ALLOCATION_CHANGED, TRANSFER_CHANGED, FACT_NOT_SET -> {}
      }
    }
    receipts.forEach(
        (order, received) ->
            received.last.asCause(name(), () -> orders.receive(order, received.arrivals)));
  }

  /** What arrived for one order, in the order of the facts. */
  private static final class Receipts {
    private final List<Arrival> arrivals = new ArrayList<>();
    private FeedEvent last;

    void add(FeedEvent event, GoodsReceived fact) {
      for (ReceivedGoods goods : fact.getGoodsList()) {
        Supply supply = goods.getSupply();
        arrivals.add(
            new Arrival(
                UUID.fromString(supply.getSupplyId()),
                supply.getReceivedQuantity(),
                receivedTime(goods, event)));
      }
      last = event;
    }

    private static Instant receivedTime(ReceivedGoods goods, FeedEvent event) {
      Timestamp time = goods.getReceipt().getReceivedTime();
      return goods.getReceipt().hasReceivedTime()
          ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos())
          : event.occurredTime();
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
