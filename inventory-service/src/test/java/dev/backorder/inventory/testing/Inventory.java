package dev.backorder.inventory.testing;

import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ClockServiceGrpc.ClockServiceBlockingStub;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.GetClockResponse;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AdjustmentKind;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationExplanationServiceGrpc;
import dev.backorder.inventory.v1.AllocationExplanationServiceGrpc.AllocationExplanationServiceBlockingStub;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AllocationServiceGrpc.AllocationServiceBlockingStub;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc.AvailabilityServiceBlockingStub;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.HoldServiceGrpc;
import dev.backorder.inventory.v1.HoldServiceGrpc.HoldServiceBlockingStub;
import dev.backorder.inventory.v1.InventoryEventServiceGrpc;
import dev.backorder.inventory.v1.InventoryEventServiceGrpc.InventoryEventServiceBlockingStub;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ItemServiceGrpc;
import dev.backorder.inventory.v1.ItemServiceGrpc.ItemServiceBlockingStub;
import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.LocationServiceGrpc;
import dev.backorder.inventory.v1.LocationServiceGrpc.LocationServiceBlockingStub;
import dev.backorder.inventory.v1.QualityServiceGrpc;
import dev.backorder.inventory.v1.QualityServiceGrpc.QualityServiceBlockingStub;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.ReplenishmentPolicy;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc.ReplenishmentServiceBlockingStub;
import dev.backorder.inventory.v1.RingFenceServiceGrpc;
import dev.backorder.inventory.v1.RingFenceServiceGrpc.RingFenceServiceBlockingStub;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.StockServiceGrpc;
import dev.backorder.inventory.v1.StockServiceGrpc.StockServiceBlockingStub;
import dev.backorder.inventory.v1.SupplyServiceGrpc;
import dev.backorder.inventory.v1.SupplyServiceGrpc.SupplyServiceBlockingStub;
import dev.backorder.inventory.v1.TransferServiceGrpc;
import dev.backorder.inventory.v1.TransferServiceGrpc.TransferServiceBlockingStub;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.SimulatedTime;
import io.grpc.Channel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** inventory-service as its callers see it, with a small language for what tests need often. */
public final class Inventory {
  /** The location that tests use unless they say otherwise. */
  public static final String LEEDS = "leeds";

  public final ItemServiceBlockingStub items;
  public final LocationServiceBlockingStub locations;
  public final StockServiceBlockingStub stock;
  public final SupplyServiceBlockingStub supplies;
  public final AllocationServiceBlockingStub allocations;
  public final AllocationExplanationServiceBlockingStub explanations;
  public final AvailabilityServiceBlockingStub availability;
  public final HoldServiceBlockingStub holds;
  public final RingFenceServiceBlockingStub ringFences;
  public final QualityServiceBlockingStub quality;
  public final TransferServiceBlockingStub transfers;
  public final ReplenishmentServiceBlockingStub replenishment;
  public final InventoryEventServiceBlockingStub events;
  public final SimulatedTime time;
  private final ClockServiceBlockingStub clock;
  private final FeedServiceBlockingStub feed;
  private String firstCursor = "";

  /** The service that this test runs. */
  public Inventory() {
    Channel channel = GrpcTestChannel.channel();
    items = ItemServiceGrpc.newBlockingStub(channel);
    locations = LocationServiceGrpc.newBlockingStub(channel);
    stock = StockServiceGrpc.newBlockingStub(channel);
    supplies = SupplyServiceGrpc.newBlockingStub(channel);
    allocations = AllocationServiceGrpc.newBlockingStub(channel);
    explanations = AllocationExplanationServiceGrpc.newBlockingStub(channel);
    availability = AvailabilityServiceGrpc.newBlockingStub(channel);
    holds = HoldServiceGrpc.newBlockingStub(channel);
    ringFences = RingFenceServiceGrpc.newBlockingStub(channel);
    quality = QualityServiceGrpc.newBlockingStub(channel);
    transfers = TransferServiceGrpc.newBlockingStub(channel);
    replenishment = ReplenishmentServiceGrpc.newBlockingStub(channel);
    events = InventoryEventServiceGrpc.newBlockingStub(channel);
    time = new SimulatedTime(channel);
    clock = ClockServiceGrpc.newBlockingStub(channel);
    feed = FeedServiceGrpc.newBlockingStub(channel);
  }

  /** A fresh request id. */
  public static String request() {
    return UUID.randomUUID().toString();
  }

  /** Empties everything and forgets what the supplier said. */
  public Inventory reset() {
    Database.clear();
    SupplierPeer.feed().clear();
    firstCursor = endOfFeed();
    return this;
  }

  private String endOfFeed() {
    time.settle();
    String cursor = "";
    boolean more = true;
    while (more) {
      ListEventsResponse page =
          feed.listEvents(
              ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(1000).build());
      cursor = page.getNextCursor();
      more = page.getHasMore();
    }
    return cursor;
  }

  /** An item that may be backordered without limit and is bought within five days. */
  public static Item.Builder backorderItem(String sku) {
    return Item.newBuilder()
        .setSku(sku)
        .setDescription("A thing called " + sku)
        .setSalesPolicy(
            SalesPolicy.newBuilder()
                .setSalesMode(SalesMode.SALES_MODE_BACKORDER)
                .setLeadTimeDays(5));
  }

  /** An item that is bought between a minimum and a maximum. */
  public static Item.Builder replenishedItem(String sku, long min, long max) {
    return backorderItem(sku)
        .setReplenishmentPolicy(
            ReplenishmentPolicy.newBuilder()
                .setMethod(ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX)
                .setMinQuantity(min)
                .setMaxQuantity(max));
  }

  /** An active location in London's time that works every day. */
  public static Location.Builder location(String code) {
    return Location.newBuilder()
        .setCode(code)
        .setName("Warehouse " + code)
        .setTimeZone("Europe/London")
        .setActive(true);
  }

  /** Creates {@link #LEEDS}. */
  public Inventory withLeeds() {
    return with(location(LEEDS));
  }

  /** Creates a location. */
  public Inventory with(Location.Builder location) {
    locations.createLocation(
        CreateLocationRequest.newBuilder().setRequestId(request()).setLocation(location).build());
    return this;
  }

  /** Creates an item. */
  public Inventory with(Item.Builder item) {
    items.batchCreateItems(
        BatchCreateItemsRequest.newBuilder().setRequestId(request()).addItems(item).build());
    return this;
  }

  /** Puts units on the shelf of {@link #LEEDS}, or takes them off. */
  public Inventory adjust(String sku, long quantity) {
    stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setReason("test")
            .addAdjustments(
                dev.backorder.inventory.v1.StockAdjustment.newBuilder()
                    .setSku(sku)
                    .setQuantity(quantity))
            .build());
    return this;
  }

  /** A count, or broken goods: so many more or fewer are really at {@link #LEEDS}. */
  public Inventory discrepancy(String sku, long quantity) {
    stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setReason("counted")
            .setKind(AdjustmentKind.ADJUSTMENT_KIND_DISCREPANCY)
            .addAdjustments(
                dev.backorder.inventory.v1.StockAdjustment.newBuilder()
                    .setSku(sku)
                    .setQuantity(quantity))
            .build());
    return this;
  }

  /** Allocates an order of one line, called {@code 1}. */
  public AllocateOrderResponse allocate(String orderId, String sku, long quantity) {
    return allocations.allocateOrder(
        AllocateOrderRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(orderId)
            .addLines(
                AllocateOrderLine.newBuilder().setLineId("1").setSku(sku).setQuantity(quantity))
            .build());
  }

  /** The balances of an item at {@link #LEEDS}. */
  public StockBalance balance(String sku) {
    return stock
        .getStock(GetStockRequest.newBuilder().setSku(sku).build())
        .getBalancesList()
        .stream()
        .filter(balance -> balance.getLocation().equals(LEEDS))
        .findFirst()
        .orElse(StockBalance.getDefaultInstance());
  }

  /** When the service has something to do next; empty when it has not. */
  public Optional<Instant> nextDue() {
    GetClockResponse response = clock.getClock(GetClockRequest.getDefaultInstance());
    return response.hasNextDueTime()
        ? Optional.of(
            Instant.ofEpochSecond(
                response.getNextDueTime().getSeconds(), response.getNextDueTime().getNanos()))
        : Optional.empty();
  }

  /** Facts about a key, published since the last {@link #reset}. */
  public List<Event> eventsOf(String key) {
    List<Event> found = new ArrayList<>();
    String cursor = firstCursor;
    boolean more = true;
    while (more) {
      ListEventsResponse page =
          feed.listEvents(
              ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(1000).build());
      page.getEventsList().stream().filter(e -> e.getKey().equals(key)).forEach(found::add);
      cursor = page.getNextCursor();
      more = page.getHasMore();
    }
    return found;
  }

  /** The needs of an item, oldest first. */
  public List<ReorderNeed> needs(String sku) {
    return replenishment
        .listReorderNeeds(ListReorderNeedsRequest.newBuilder().setSku(sku).setPageSize(500).build())
        .getReorderNeedsList();
  }
}
