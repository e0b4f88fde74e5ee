package dev.backorder.inventory.testing;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.supply.Supplies;
import dev.backorder.inventory.supply.SupplyUpdate;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.GetSupplyRequest;
import dev.backorder.inventory.v1.GetTransferRequest;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.PlannedUnits;
import dev.backorder.inventory.v1.QueueEntry;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happens to stock, in the words of a warehouse: orders, goods, returns and what suppliers
 * say.
 */
public final class Stockroom {
  public final Inventory inventory;
  private final Map<String, SupplyUpdate> supplies = new HashMap<>();

  public Stockroom(Inventory inventory) {
    this.inventory = inventory;
  }

  /** Empties everything and makes {@link Inventory#LEEDS}. */
  public static Stockroom empty() {
    return new Stockroom(new Inventory().reset().withLeeds());
  }

  /** Today at {@link Inventory#LEEDS}. */
  public LocalDate today() {
    return LocalDate.ofInstant(inventory.time.now(), ZoneId.of("Europe/London"));
  }

  /** A day from today on. */
  public LocalDate day(int days) {
    return today().plusDays(days);
  }

  /** An order of one line, called {@code 1}, that is refused as a whole when anything is short. */
  public AllocateOrderResponse order(String orderId, String sku, long quantity) {
    return place(orderOf(orderId, sku, quantity));
  }

  /** The same for a buyer of this priority. */
  public AllocateOrderResponse order(String orderId, String sku, long quantity, int priority) {
    return place(
        orderOf(orderId, sku, quantity)
            .setSalesContext(SalesContext.newBuilder().setPriority(priority)));
  }

  /** An order of one line that takes what it can have. */
  public AllocateOrderResponse orderWhatThereIs(String orderId, String sku, long quantity) {
    return place(
        orderOf(orderId, sku, quantity).setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
  }

  public AllocateOrderResponse place(AllocateOrderRequest.Builder order) {
    return inventory.allocations.allocateOrder(order.build());
  }

  /** An order of one line, called {@code 1}. */
  public static AllocateOrderRequest.Builder orderOf(String orderId, String sku, long quantity) {
    return AllocateOrderRequest.newBuilder()
        .setRequestId(request())
        .setOrderId(orderId)
        .addLines(line("1", sku, quantity));
  }

  public static AllocateOrderLine line(String lineId, String sku, long quantity) {
    return AllocateOrderLine.newBuilder()
        .setLineId(lineId)
        .setSku(sku)
        .setQuantity(quantity)
        .build();
  }

  /** What an order holds now. */
  public Allocation held(String orderId) {
    return inventory
        .allocations
        .getAllocation(GetAllocationRequest.newBuilder().setOrderId(orderId).build())
        .getAllocation();
  }

  /** Line {@code 1} of an order. */
  public AllocationLine line(String orderId) {
    return held(orderId).getLines(0);
  }

  /** Reserved and waiting units of line {@code 1}, as {@code "3+2"}. */
  public String fate(String orderId) {
    AllocationLine line = line(orderId);
    return line.getReservedQuantity() + "+" + line.getWaitingQuantity();
  }

  /** The only portion of line {@code 1}. */
  public AllocationPortion portion(String orderId) {
    assertThat(line(orderId).getPortionsList()).hasSize(1);
    return line(orderId).getPortions(0);
  }

  /** The day on which the only portion of line {@code 1} leaves. */
  public LocalDate promised(String orderId) {
    return Wire.day(portion(orderId).getPromise().getShipByDate());
  }

  /** The day on which a portion of line {@code 1} leaves, in their order. */
  public LocalDate promised(String orderId, int portion) {
    return Wire.day(line(orderId).getPortions(portion).getPromise().getShipByDate());
  }

  /** Gives back so many units of line {@code 1}. */
  public Allocation release(String orderId, long quantity) {
    return inventory
        .allocations
        .releaseAllocation(
            ReleaseAllocationRequest.newBuilder()
                .setRequestId(request())
                .setOrderId(orderId)
                .addLines(quantity("1", quantity))
                .setReason("test")
                .build())
        .getAllocation();
  }

  /** Gives back all that has not left. */
  public Allocation cancel(String orderId) {
    return inventory
        .allocations
        .releaseAllocation(
            ReleaseAllocationRequest.newBuilder()
                .setRequestId(request())
                .setOrderId(orderId)
                .build())
        .getAllocation();
  }

  public Allocation ship(String orderId, long quantity) {
    return ship(orderId, LEEDS, quantity);
  }

  public Allocation ship(String orderId, String location, long quantity) {
    return inventory
        .allocations
        .shipAllocation(
            ShipAllocationRequest.newBuilder()
                .setRequestId(request())
                .setOrderId(orderId)
                .setLocation(location)
                .setShipmentId("shipment-" + orderId)
                .addLines(quantity("1", quantity))
                .build())
        .getAllocation();
  }

  public Allocation takeBack(String orderId, long quantity) {
    return inventory
        .allocations
        .acceptReturn(
            AcceptReturnRequest.newBuilder()
                .setRequestId(request())
                .setOrderId(orderId)
                .setLocation(LEEDS)
                .addLines(quantity("1", quantity))
                .build())
        .getAllocation();
  }

  public static LineQuantity quantity(String lineId, long quantity) {
    return LineQuantity.newBuilder().setLineId(lineId).setQuantity(quantity).build();
  }

  /** A supplier confirms that so many units come to {@link Inventory#LEEDS} on a day. */
  public Stockroom supply(String supplyId, String sku, long quantity, LocalDate day) {
    return told(supplyId, sku, LEEDS, quantity, day, SupplyState.CONFIRMED);
  }

  /** The same for any location and state; repeating it changes the supply. */
  public Stockroom told(
      String supplyId,
      String sku,
      String location,
      long quantity,
      LocalDate day,
      SupplyState state) {
    SupplyUpdate before = supplies.get(supplyId);
    SupplyUpdate update =
        new SupplyUpdate(
            supplyId,
            "po-" + supplyId,
            "acme",
            sku,
            location,
            quantity,
            day,
            state,
            5,
            before == null ? 1 : before.sourceVersion() + 1);
    supplies.put(supplyId, update);
    apply(update);
    return this;
  }

  /** The supplier moves the date. */
  public Stockroom redate(String supplyId, LocalDate day) {
    SupplyUpdate known = supplies.get(supplyId);
    return told(
        supplyId,
        known.sku(),
        known.location(),
        known.expectedQuantity(),
        day,
        SupplyState.CONFIRMED);
  }

  /** The supplier delivers another quantity in all. */
  public Stockroom resize(String supplyId, long quantity) {
    SupplyUpdate known = supplies.get(supplyId);
    return told(
        supplyId,
        known.sku(),
        known.location(),
        quantity,
        known.expectedDate(),
        SupplyState.CONFIRMED);
  }

  /** Nothing more comes. */
  public Stockroom cancelSupply(String supplyId) {
    SupplyUpdate known = supplies.get(supplyId);
    return told(
        supplyId,
        known.sku(),
        known.location(),
        known.expectedQuantity(),
        known.expectedDate(),
        SupplyState.CANCELLED);
  }

  /** Applies what a purchase order says; returns how many supplies changed. */
  public static int apply(SupplyUpdate... updates) {
    Supplies bean = Arc.container().instance(Supplies.class).get();
    return QuarkusTransaction.requiringNew().call(() -> bean.apply(List.of(updates)));
  }

  /** Goods of one supply arrive. */
  public ReceivedGoods receive(String supplyId, long quantity) {
    return receive(Map.of(supplyId, quantity)).getGoods(0);
  }

  /** Goods of several supplies arrive together. */
  public ReceiveGoodsResponse receive(Map<String, Long> quantities) {
    ReceiveGoodsRequest.Builder receipt = ReceiveGoodsRequest.newBuilder().setRequestId(request());
    quantities.forEach(
        (supplyId, quantity) ->
            receipt.addGoods(
                ArrivedGoods.newBuilder().setSupplyId(supplyId).setQuantity(quantity)));
    return inventory.supplies.receiveGoods(receipt.build());
  }

  /** Plans a transfer, to arrive in three days. */
  public Transfer transfer(String from, String to, Map<String, Long> quantities) {
    return inventory
        .transfers
        .createTransfer(transferOf(from, to, quantities).setExpectedDate(Wire.date(day(3))).build())
        .getTransfer();
  }

  public static CreateTransferRequest.Builder transferOf(
      String from, String to, Map<String, Long> quantities) {
    CreateTransferRequest.Builder request =
        CreateTransferRequest.newBuilder()
            .setRequestId(request())
            .setFromLocation(from)
            .setToLocation(to);
    new TreeMap<>(quantities)
        .forEach(
            (sku, quantity) ->
                request.addLines(PlannedUnits.newBuilder().setSku(sku).setQuantity(quantity)));
    return request;
  }

  /** All of a transfer leaves. */
  public Transfer shipTransfer(String transferId) {
    return inventory
        .transfers
        .shipTransfer(
            ShipTransferRequest.newBuilder()
                .setRequestId(request())
                .setTransferId(transferId)
                .build())
        .getTransfer();
  }

  /** A transfer as it is now. */
  public Transfer transfer(String transferId) {
    return inventory
        .transfers
        .getTransfer(GetTransferRequest.newBuilder().setTransferId(transferId).build())
        .getTransfer();
  }

  public Supply supply(String supplyId) {
    return inventory
        .supplies
        .getSupply(GetSupplyRequest.newBuilder().setSupplyId(supplyId).build())
        .getSupply();
  }

  /** The answer to the question for one line. */
  public QuotedLine quote(String sku, long quantity) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .addLines(QuoteLine.newBuilder().setSku(sku).setQuantity(quantity))
                .build())
        .getLines(0);
  }

  /** Who waits, in queue order. */
  public List<QueueEntry> queue(String sku) {
    return inventory
        .allocations
        .listQueue(ListQueueRequest.newBuilder().setSku(sku).setPageSize(500).build())
        .getEntriesList();
  }

  /** Fails when any book of the service disagrees with another. */
  public Stockroom checkBooks() {
    List<CheckResult> wrong =
        ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
            .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
            .getResultsList()
            .stream()
            .filter(result -> !result.getConsistent())
            .toList();
    assertThat(wrong).isEmpty();
    return this;
  }
}
