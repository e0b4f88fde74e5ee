package dev.backorder.supplier.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.type.Date;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.common.v1.Price;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.SimulatedTime;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CancelPurchaseOrderRequest;
import dev.backorder.supplier.v1.ClosePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.GetPurchaseOrderRequest;
import dev.backorder.supplier.v1.LeadTimeServiceGrpc;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineDraft;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierEvent;
import dev.backorder.supplier.v1.SupplierEventServiceGrpc;
import dev.backorder.supplier.v1.SupplierItem;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** supplier-service as its callers see it, with a small language for what tests need often. */
public final class Purchasing {
  /** The supplier that tests use unless they say otherwise. */
  public static final String ACME = "acme";

  /** The location that tests use unless they say otherwise. */
  public static final String LEEDS = "leeds";

  public final SupplierServiceGrpc.SupplierServiceBlockingStub suppliers;
  public final PurchaseOrderServiceGrpc.PurchaseOrderServiceBlockingStub orders;
  public final SupplierEventServiceGrpc.SupplierEventServiceBlockingStub facts;
  public final SimulatedTime time;
  public final LeadTimeServiceGrpc.LeadTimeServiceBlockingStub leadTimes;
  private final FeedServiceGrpc.FeedServiceBlockingStub feed;
  private final ConsistencyServiceGrpc.ConsistencyServiceBlockingStub consistency;
  private String cursor = "";

  /** The service that this test runs. */
  public Purchasing() {
    var channel = GrpcTestChannel.channel();
    suppliers = SupplierServiceGrpc.newBlockingStub(channel);
    orders = PurchaseOrderServiceGrpc.newBlockingStub(channel);
    leadTimes = LeadTimeServiceGrpc.newBlockingStub(channel);
    facts = SupplierEventServiceGrpc.newBlockingStub(channel);
    time = new SimulatedTime(channel);
    feed = FeedServiceGrpc.newBlockingStub(channel);
    consistency = ConsistencyServiceGrpc.newBlockingStub(channel);
  }

  /** Empties everything and forgets what inventory-service said. */
  public Purchasing reset() {
    InventoryPeer.feed().clear();
    Database.clear();
    newEvents();
    return this;
  }

  /** A fresh request id. */
  public static String request() {
    return UUID.randomUUID().toString();
  }

  /** An active supplier in London's time that works every day and is sent drafts by hand. */
  public static Supplier.Builder supplier(String code) {
    return Supplier.newBuilder()
        .setCode(code)
        .setName("Supplier " + code)
        .setTimeZone("Europe/London")
        .setActive(true);
  }

  /** An item that costs 2.50 and comes in five days. */
  public static SupplierItem.Builder item(String sku) {
    return SupplierItem.newBuilder()
        .setSku(sku)
        .setCost(Price.newBuilder().setCurrencyCode("GBP").setAmountMinor(250).setPriceQuantity(1))
        .setLeadTimeDays(5);
  }

  /** Creates a supplier. */
  public Supplier with(Supplier.Builder supplier) {
    return suppliers
        .createSupplier(
            CreateSupplierRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(supplier)
                .build())
        .getSupplier();
  }

  /** Sets what a supplier sells. */
  public Purchasing sells(String supplier, SupplierItem.Builder... items) {
    BatchSetSupplierItemsRequest.Builder batch =
        BatchSetSupplierItemsRequest.newBuilder().setRequestId(request()).setSupplier(supplier);
    for (SupplierItem.Builder item : items) {
      batch.addItems(item);
    }
    suppliers.batchSetSupplierItems(batch.build());
    return this;
  }

  /** {@link #ACME}, which sells hats and scarves. */
  public Purchasing withAcme() {
    with(supplier(ACME));
    return sells(ACME, item("hat"), item("scarf"));
  }

  /** A draft by hand for {@link #LEEDS}, given as sku, units, sku, units. */
  public PurchaseOrder draft(String supplier, Object... lines) {
    CreatePurchaseOrderRequest.Builder draft =
        CreatePurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(supplier)
            .setLocation(LEEDS);
    for (int i = 0; i < lines.length; i += 2) {
      draft.addLines(
          PurchaseOrderLineDraft.newBuilder()
              .setSku((String) lines[i])
              .setQuantity((Integer) lines[i + 1]));
    }
    return orders.createPurchaseOrder(draft.build()).getPurchaseOrder();
  }

  /** Sends a draft. */
  public PurchaseOrder send(PurchaseOrder order) {
    return orders
        .sendPurchaseOrder(
            SendPurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .build())
        .getPurchaseOrder();
  }

  /** An order that was sent. */
  public PurchaseOrder sent(String supplier, Object... lines) {
    return send(draft(supplier, lines));
  }

  /** An answer for one line. */
  public static LineAcknowledgement accept(PurchaseOrderLine line, long units, LocalDate day) {
    return LineAcknowledgement.newBuilder()
        .setLineId(line.getLineId())
        .setAcceptedQuantity(units)
        .setExpectedDate(date(day))
        .build();
  }

  /** A rejection of one line. */
  public static LineAcknowledgement reject(PurchaseOrderLine line) {
    return LineAcknowledgement.newBuilder().setLineId(line.getLineId()).build();
  }

  /** Records the supplier's answers. */
  public PurchaseOrder acknowledge(PurchaseOrder order, LineAcknowledgement... answers) {
    return orders
        .acknowledgePurchaseOrder(
            AcknowledgePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .addAllLines(List.of(answers))
                .build())
        .getPurchaseOrder();
  }

  /** Moves the date of one line. */
  public PurchaseOrder redate(PurchaseOrder order, PurchaseOrderLine line, LocalDate day) {
    return orders
        .redatePurchaseOrder(
            RedatePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .addLines(
                    LineRedate.newBuilder().setLineId(line.getLineId()).setExpectedDate(date(day)))
                .setReason("the ship is late")
                .build())
        .getPurchaseOrder();
  }

  /** Closes short. */
  public PurchaseOrder close(PurchaseOrder order) {
    return orders
        .closePurchaseOrder(
            ClosePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .setReason("enough")
                .build())
        .getPurchaseOrder();
  }

  /** Cancels. */
  public PurchaseOrder cancel(PurchaseOrder order) {
    return orders
        .cancelPurchaseOrder(
            CancelPurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .setReason("changed our mind")
                .build())
        .getPurchaseOrder();
  }

  /**
   * Lets inventory-service tell that goods came, {@code total} units of the line so far, and waits
   * for the effect.
   */
  public PurchaseOrder receive(PurchaseOrder order, PurchaseOrderLine line, long total) {
    InventoryPeer.tellReceived(order, line, total);
    time.settle();
    return get(order);
  }

  /** The order as it is now. */
  public PurchaseOrder get(PurchaseOrder order) {
    return orders
        .getPurchaseOrder(
            GetPurchaseOrderRequest.newBuilder()
                .setPurchaseOrderId(order.getPurchaseOrderId())
                .build())
        .getPurchaseOrder();
  }

  /** All orders, oldest first. */
  public List<PurchaseOrder> all() {
    return orders
        .listPurchaseOrders(ListPurchaseOrdersRequest.newBuilder().setPageSize(500).build())
        .getPurchaseOrdersList();
  }

  /** The only order that there is. */
  public PurchaseOrder only() {
    assertThat(all()).hasSize(1);
    return all().get(0);
  }

  /** What was published about purchase orders since the last look. */
  public List<Event> newEvents() {
    return newFacts().stream().filter(event -> payload(event).hasPurchaseOrderChanged()).toList();
  }

  /** All that was published since the last look. */
  public List<Event> newFacts() {
    List<Event> found = new ArrayList<>();
    while (true) {
      ListEventsResponse page =
          feed.listEvents(
              ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(500).build());
      found.addAll(page.getEventsList());
      cursor = page.getNextCursor();
      if (!page.getHasMore()) {
        return found;
      }
    }
  }

  /** The place in the feed after the last look. */
  public String cursor() {
    newEvents();
    return cursor;
  }

  /** What an event says. */
  public static SupplierEvent payload(Event event) {
    try {
      return event.getPayload().unpack(SupplierEvent.class);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every check of the service; all must be true. */
  public void assertConsistent() {
    List<CheckResult> results =
        consistency.checkConsistency(CheckConsistencyRequest.getDefaultInstance()).getResultsList();
    assertThat(results).extracting(CheckResult::getCheck).contains("need_bought_once");
    assertThat(results).allSatisfy(result -> assertThat(result.getDifferencesList()).isEmpty());
    assertThat(results).allMatch(CheckResult::getConsistent);
  }

  /** A day on the wire. */
  public static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  /** The day of the simulated time, in London. */
  public LocalDate today() {
    return LocalDate.ofInstant(time.now(), java.time.ZoneId.of("Europe/London"));
  }
}
