package dev.backorder.inventory.testing;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.request;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.ListCheckpointsRequest;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListParkedEventsRequest;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.RetryParkedEventsRequest;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AdjustmentKind;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.BatchShipAllocationsRequest;
import dev.backorder.inventory.v1.CancelTransferRequest;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.CloseTransferRequest;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.DeleteRingFenceRequest;
import dev.backorder.inventory.v1.DepartedUnits;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetHoldRequest;
import dev.backorder.inventory.v1.GetInventoryEventRequest;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.GetQualityHoldRequest;
import dev.backorder.inventory.v1.GetRingFenceRequest;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.GetSupplyRequest;
import dev.backorder.inventory.v1.GetTransferRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListHoldsRequest;
import dev.backorder.inventory.v1.ListItemsRequest;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.ListLocationsRequest;
import dev.backorder.inventory.v1.ListQualityHoldsRequest;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.ListReceiptsRequest;
import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.ListRingFencesRequest;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.ListTransfersRequest;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PlannedUnits;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.RejectionKind;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferState;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import dev.backorder.inventory.v1.UpdateRingFenceRequest;
import io.grpc.StatusRuntimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One good request for each RPC of inventory-service, as full as can be, and the small world in
 * which they succeed: {@code tea} at {@link Inventory#LEEDS}, an order that holds ten and waits for
 * five, one that was shipped, and a supply.
 */
public final class GoodRequests {
  public static final String SKU = "tea";
  public static final String HELD_ORDER = "held";
  public static final String SHIPPED_ORDER = "shipped";
  public static final String CART = "cart";
  public static final String FENCE = "fence";
  public static final String OTHER_FENCE = "other-fence";
  public static final String OTHER_PLACE = "york";
  private static final String MOVED = "rice";

  private final String supplyId;
  private final String qualityHoldId;
  private final Inventory inventory;
  private String deletable = OTHER_FENCE;
  private final List<String> planned = new ArrayList<>();
  private String sent;

  private GoodRequests(Inventory inventory, String supplyId, String qualityHoldId) {
    this.inventory = inventory;
    this.supplyId = supplyId;
    this.qualityHoldId = qualityHoldId;
    for (int i = 0; i < 3; i++) {
      planned.add(plan());
    }
    sent = plan();
    ship(sent);
  }

  /** Empties everything and makes the world. */
  public static GoodRequests inNewWorld(Inventory inventory) {
    inventory.reset().withLeeds().with(Inventory.backorderItem(SKU)).adjust(SKU, 12);
    inventory.allocate(SHIPPED_ORDER, SKU, 2);
    ship(inventory, SHIPPED_ORDER, 2);
    inventory.allocate(HELD_ORDER, SKU, 15);
    PurchaseOrders order =
        PurchaseOrders.draft(SKU, 100, List.of())
            .sent(LocalDate.of(2030, 1, 7))
            .acknowledged(100, LocalDate.of(2030, 1, 8));
    inventory.with(Inventory.location(OTHER_PLACE).setPriority(9));
    inventory.with(Inventory.backorderItem("jam")).adjust("jam", 4);
    inventory.with(Inventory.backorderItem(MOVED)).adjust(MOVED, 1000);
    String qualityHoldId =
        inventory
            .quality
            .placeQualityHold(
                PlaceQualityHoldRequest.newBuilder()
                    .setRequestId(request())
                    .setLocation(LEEDS)
                    .setSku("jam")
                    .setQuantity(3)
                    .setReason("dented")
                    .build())
            .getQualityHold()
            .getQualityHoldId();
    inventory.holds.placeHold(
        PlaceHoldRequest.newBuilder()
            .setRequestId(request())
            .setCartId(CART)
            .addLines(HoldLine.newBuilder().setSku("jam").setQuantity(1))
            .setTimeToLive(Duration.newBuilder().setSeconds(604_800))
            .build());
    createFence(inventory, FENCE);
    createFence(inventory, OTHER_FENCE);
    GoodRequests good = new GoodRequests(inventory, order.supplyId(), qualityHoldId);
    inventory.time.settle();
    return good;
  }

  /** All requests, by the name of their message. */
  public List<Message> all() {
    return Stream.of(mutations(), batches(), reads()).flatMap(List::stream).toList();
  }

  /** The request with a message of this name. */
  public Message named(String message) {
    return all().stream()
        .collect(Collectors.toMap(r -> r.getDescriptorForType().getFullName(), Function.identity()))
        .get(message);
  }

  /** Requests that change something, each with a fresh request id; every one of them succeeds. */
  public List<Message> mutations() {
    return List.of(
        BatchCreateItemsRequest.newBuilder()
            .setRequestId(request())
            .addItems(fullItem("new-" + request()))
            .build(),
        UpdateItemRequest.newBuilder()
            .setRequestId(request())
            .setItem(fullItem(SKU).setEtag(itemEtag()))
            .build(),
        CreateLocationRequest.newBuilder()
            .setRequestId(request())
            .setLocation(fullLocation("new-" + request()))
            .build(),
        UpdateLocationRequest.newBuilder()
            .setRequestId(request())
            .setLocation(fullLocation(LEEDS).setEtag(locationEtag()))
            .build(),
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setReason("found")
            .setKind(AdjustmentKind.ADJUSTMENT_KIND_DISCREPANCY)
            .setActor("ann")
            .addAdjustments(StockAdjustment.newBuilder().setSku(SKU).setQuantity(1))
            .build(),
        ReceiveGoodsRequest.newBuilder()
            .setRequestId(request())
            .addGoods(ArrivedGoods.newBuilder().setSupplyId(supplyId).setQuantity(1))
            .setActor("ann")
            .build(),
        PlaceQualityHoldRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setSku(SKU)
            .setQuantity(1)
            .setExpectedDate(Date.newBuilder().setYear(2030).setMonth(1).setDay(9))
            .setReason("smells")
            .setActor("ann")
            .build(),
        ReleaseQualityHoldRequest.newBuilder()
            .setRequestId(request())
            .setQualityHoldId(qualityHoldId)
            .setAcceptedQuantity(1)
            .setRejectedQuantity(1)
            .setRejectionKind(RejectionKind.REJECTION_KIND_SCRAP)
            .setReason("inspected")
            .setActor("ann")
            .build(),
        AllocateOrderRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("order-" + request())
            .setSalesContext(context())
            .addLines(AllocateOrderLine.newBuilder().setLineId("1").setSku(SKU).setQuantity(1))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
            .build(),
        ReleaseAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(HELD_ORDER)
            .addLines(line(1))
            .setReason("changed mind")
            .build(),
        ShipAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(HELD_ORDER)
            .setLocation(LEEDS)
            .setShipmentId("shipment-1")
            .addLines(line(1))
            .build(),
        PlaceHoldRequest.newBuilder()
            .setRequestId(request())
            .setCartId("cart-" + request())
            .setSalesContext(context())
            .addLines(HoldLine.newBuilder().setSku(SKU).setQuantity(1))
            .setTimeToLive(Duration.newBuilder().setSeconds(60))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
            .build(),
        ReleaseHoldRequest.newBuilder().setRequestId(request()).setCartId(CART).build(),
        ExtendAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(HELD_ORDER)
            .addLines(AllocateOrderLine.newBuilder().setLineId("2").setSku(SKU).setQuantity(1))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
            .build(),
        MoveAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(HELD_ORDER)
            .setFromLocation(LEEDS)
            .setToLocation(OTHER_PLACE)
            .addLines(line(1))
            .setReason("nearer")
            .build(),
        CreateRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFence(fence("new-" + request()))
            .build(),
        UpdateRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFence(fence(FENCE).setQuantity(3).setEtag(fenceEtag(FENCE)))
            .build(),
        DeleteRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFenceId(deletableFence())
            .setEtag(fenceEtag(deletableFence()))
            .build(),
        CreateTransferRequest.newBuilder()
            .setRequestId(request())
            .setFromLocation(LEEDS)
            .setToLocation(OTHER_PLACE)
            .addLines(PlannedUnits.newBuilder().setSku(MOVED).setQuantity(1))
            .setExpectedDate(Date.newBuilder().setYear(2030).setMonth(1).setDay(9))
            .setReason("sells better there")
            .setActor("ann")
            .build(),
        ShipTransferRequest.newBuilder()
            .setRequestId(request())
            .setTransferId(planned(0))
            .addLines(DepartedUnits.newBuilder().setSku(MOVED).setQuantity(1))
            .setExpectedDate(Date.newBuilder().setYear(2030).setMonth(1).setDay(10))
            .setActor("ann")
            .build(),
        CancelTransferRequest.newBuilder()
            .setRequestId(request())
            .setTransferId(planned(1))
            .setReason("no lorry")
            .build(),
        RedateTransferRequest.newBuilder()
            .setRequestId(request())
            .setTransferId(planned(2))
            .setExpectedDate(Date.newBuilder().setYear(2030).setMonth(1).setDay(11))
            .build(),
        CloseTransferRequest.newBuilder()
            .setRequestId(request())
            .setTransferId(sent())
            .setReason("stolen")
            .setActor("ann")
            .build(),
        AcceptReturnRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(SHIPPED_ORDER)
            .setLocation(LEEDS)
            .addLines(line(1))
            .setReason("too small")
            .build());
  }

  /** Many requests in one, each with an id of its own. */
  private static List<Message> batches() {
    return List.of(
        BatchShipAllocationsRequest.newBuilder()
            .addDepartures(
                ShipAllocationRequest.newBuilder()
                    .setRequestId(request())
                    .setOrderId("order-" + request())
                    .setLocation(LEEDS)
                    .setShipmentId("shipment-2")
                    .addLines(line(1)))
            .build(),
        BatchAllocateOrdersRequest.newBuilder()
            .addOrders(
                AllocateOrderRequest.newBuilder()
                    .setRequestId(request())
                    .setOrderId("order-" + request())
                    .setSalesContext(context())
                    .addLines(
                        AllocateOrderLine.newBuilder().setLineId("1").setSku(SKU).setQuantity(1))
                    .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS))
            .build());
  }

  private List<Message> reads() {
    return List.of(
        GetItemRequest.newBuilder().setSku(SKU).build(),
        ListItemsRequest.newBuilder().setPageSize(1).build(),
        GetLocationRequest.newBuilder().setCode(LEEDS).build(),
        ListLocationsRequest.newBuilder().setPageSize(1).build(),
        GetStockRequest.newBuilder().setSku(SKU).build(),
        ListStockRequest.newBuilder().setPageSize(1).build(),
        ListLedgerTransactionsRequest.newBuilder().setPageSize(1).setSku(SKU).build(),
        GetSupplyRequest.newBuilder().setSupplyId(supplyId).build(),
        ListSuppliesRequest.newBuilder().setPageSize(1).setSku(SKU).build(),
        ListReceiptsRequest.newBuilder().setPageSize(1).setSupplyId(supplyId).build(),
        GetQualityHoldRequest.newBuilder().setQualityHoldId(qualityHoldId).build(),
        ListQualityHoldsRequest.newBuilder()
            .setPageSize(1)
            .setSku("jam")
            .setLocation(LEEDS)
            .build(),
        GetAllocationRequest.newBuilder().setOrderId(HELD_ORDER).build(),
        ExplainAllocationRequest.newBuilder()
            .setOrderId(HELD_ORDER)
            .setLineId("1")
            .setOtherOrderId(SHIPPED_ORDER)
            .build(),
        ListAllocationsRequest.newBuilder().setPageSize(1).build(),
        ListQueueRequest.newBuilder().setPageSize(1).setSku(SKU).setLocation(LEEDS).build(),
        QuoteAvailabilityRequest.newBuilder()
            .setSalesContext(context())
            .addLines(QuoteLine.newBuilder().setSku(SKU).setQuantity(1))
            .setCartId(CART)
            .build(),
        GetAvailableToPromiseRequest.newBuilder()
            .setSku(SKU)
            .setLocation(LEEDS)
            .setHorizonDays(3)
            .build(),
        GetHoldRequest.newBuilder().setCartId(CART).build(),
        ListHoldsRequest.newBuilder().setPageSize(1).setSku(SKU).build(),
        GetRingFenceRequest.newBuilder().setRingFenceId(FENCE).build(),
        ListRingFencesRequest.newBuilder()
            .setPageSize(1)
            .setSku("jam")
            .setChannel("web")
            .setCustomerClass("trade")
            .build(),
        GetTransferRequest.newBuilder().setTransferId(sent).build(),
        ListTransfersRequest.newBuilder()
            .setPageSize(1)
            .setSku(MOVED)
            .setFromLocation(LEEDS)
            .setToLocation(OTHER_PLACE)
            .build(),
        ListReorderNeedsRequest.newBuilder().setPageSize(1).setSku(SKU).build(),
        GetInventoryEventRequest.newBuilder().setEventId(request()).build(),
        GetClockRequest.getDefaultInstance(),
        AdvanceClockRequest.newBuilder().setToTime(Timestamp.newBuilder().setSeconds(1)).build(),
        CheckConsistencyRequest.newBuilder().setLimit(10).build(),
        ListEventsRequest.newBuilder().setLimit(1).build(),
        ListCheckpointsRequest.newBuilder().setPageSize(1).build(),
        ListParkedEventsRequest.newBuilder().setPageSize(1).build(),
        ReportCheckpointRequest.newBuilder().setConsumer("test").setCursor("test").build(),
        RetryParkedEventsRequest.newBuilder()
            .setRequestId(request())
            .setConsumer("test")
            .setKey("key")
            .build());
  }

  private static void ship(Inventory inventory, String orderId, long quantity) {
    if (!inventory
        .allocations
        .shipAllocation(
            ShipAllocationRequest.newBuilder()
                .setRequestId(request())
                .setOrderId(orderId)
                .setLocation(LEEDS)
                .setShipmentId("shipment-0")
                .addLines(line(quantity))
                .build())
        .hasAllocation()) {
      throw new AssertionError("not shipped");
    }
  }

  private static RingFence.Builder fence(String id) {
    return RingFence.newBuilder()
        .setRingFenceId(id)
        .setSku("jam")
        .setLocation(LEEDS)
        .setChannel("web")
        .setCustomerClass("trade")
        .setQuantity(5)
        .setEndTime(Timestamp.newBuilder().setSeconds(4_000_000_000L));
  }

  private static void createFence(Inventory inventory, String id) {
    inventory.ringFences.createRingFence(
        CreateRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFence(fence(id))
            .build());
  }

  /** One that is still planned, whatever became of those before. */
  private String planned(int i) {
    if (stateOf(planned.get(i)) != TransferState.TRANSFER_STATE_PLANNED) {
      planned.set(i, plan());
    }
    return planned.get(i);
  }

  /** One that is still in transit. */
  private String sent() {
    if (stateOf(sent) != TransferState.TRANSFER_STATE_SHIPPED) {
      sent = plan();
      ship(sent);
    }
    return sent;
  }

  private TransferState stateOf(String id) {
    return inventory
        .transfers
        .getTransfer(GetTransferRequest.newBuilder().setTransferId(id).build())
        .getTransfer()
        .getState();
  }

  private String plan() {
    return inventory
        .transfers
        .createTransfer(Stockroom.transferOf(LEEDS, OTHER_PLACE, Map.of(MOVED, 3L)).build())
        .getTransfer()
        .getTransferId();
  }

  private void ship(String id) {
    Transfer shipped =
        inventory
            .transfers
            .shipTransfer(
                ShipTransferRequest.newBuilder().setRequestId(request()).setTransferId(id).build())
            .getTransfer();
    if (!shipped.hasShipTime()) {
      throw new AssertionError("not shipped");
    }
  }

  /** One that is still there, whatever was deleted before. */
  private String deletableFence() {
    try {
      fenceEtag(deletable);
    } catch (StatusRuntimeException gone) {
      deletable = "other-" + request();
      createFence(inventory, deletable);
    }
    return deletable;
  }

  private String fenceEtag(String id) {
    return inventory
        .ringFences
        .getRingFence(GetRingFenceRequest.newBuilder().setRingFenceId(id).build())
        .getRingFence()
        .getEtag();
  }

  private String itemEtag() {
    return inventory
        .items
        .getItem(GetItemRequest.newBuilder().setSku(SKU).build())
        .getItem()
        .getEtag();
  }

  private String locationEtag() {
    return inventory
        .locations
        .getLocation(GetLocationRequest.newBuilder().setCode(LEEDS).build())
        .getLocation()
        .getEtag();
  }

  private static Item.Builder fullItem(String sku) {
    Item.Builder item = Inventory.replenishedItem(sku, 1, 2);
    item.getSalesPolicyBuilder()
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(1000));
    return item.addChannelPolicies(
        ChannelPolicy.newBuilder().setChannel("web").setSalesPolicy(item.getSalesPolicy()));
  }

  private static Location.Builder fullLocation(String code) {
    return Inventory.location(code)
        .addTransitTimes(TransitTime.newBuilder().setDestinationCountry("GB").setDays(1))
        .addWorkingWeekdays(1)
        .addClosedDates(Date.newBuilder().setYear(2026).setMonth(12).setDay(25));
  }

  private static SalesContext context() {
    return SalesContext.newBuilder()
        .setChannel("web")
        .setCustomerClass("trade")
        .setDestinationCountry("GB")
        .build();
  }

  private static LineQuantity line(long quantity) {
    return LineQuantity.newBuilder().setLineId("1").setQuantity(quantity).build();
  }
}
