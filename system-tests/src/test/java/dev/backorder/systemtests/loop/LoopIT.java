package dev.backorder.systemtests.loop;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static dev.backorder.systemtests.testing.ShopSetup.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.stack.MailIndex.Mail;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.Event;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.notification.v1.NotificationEvent;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.Feeds;
import dev.backorder.systemtests.testing.ShopSetup;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One order from the click to the doorstep, in real time, through every service. */
class LoopIT {

  private static final String RUN = requestId().substring(0, 8);
  private static final String LOCATION = "LOOP-" + RUN;
  private static final String SUPPLIER = "SUP-" + RUN;
  private static final String SKU = "LAMP-" + RUN;
  private static final String CUSTOMER = "ada-" + RUN;
  private static final String CART = "cart-" + RUN;
  private static final Metadata.Key<String> CORRELATION =
      Metadata.Key.of("x-correlation-id", Metadata.ASCII_STRING_MARSHALLER);

  private static BackorderSystem system;
  private static Cluster cluster;
  private static Feeds feeds;

  @BeforeAll
  static void start() {
    system = BackorderSystem.shared();
    cluster = system.cluster();
    feeds = new Feeds(system);
  }

  @Test
  void an_order_that_ships_in_part_is_promised_redated_filled_and_delivered() {
    new ShopSetup(cluster)
        .location(LOCATION)
        .supplier(SUPPLIER, false)
        .sells(SUPPLIER, SKU)
        .item(SKU, 100, 5, 20)
        .stock(LOCATION, SKU, 3)
        .contact(CUSTOMER);
    awaitLeadTimeOfSupplier();

    // The shopper's cart holds what there is, so that nobody else can have it until the order.
    assertThat(
            cluster
                .holds(
                    stub ->
                        stub.placeHold(
                            PlaceHoldRequest.newBuilder()
                                .setRequestId(requestId())
                                .setCartId(CART)
                                .addLines(HoldLine.newBuilder().setSku(SKU).setQuantity(3))
                                .build()))
                .getHold()
                .getLines(0)
                .getOnHandQuantity())
        .isEqualTo(3);

    String placing = "loop-place-" + RUN;
    Order placed =
        cluster
            .orders(
                stub ->
                    stub.withInterceptors(correlated(placing))
                        .placeOrder(ShopSetup.order(CUSTOMER, SKU, 8).setCartId(CART).build()))
            .getOrder();
    assertThat(placed.getState()).isEqualTo(OrderState.ORDER_STATE_PARTLY_BACKORDERED);
    assertThat(placed.getLines(0).getReservedQuantity()).isEqualTo(3);
    assertThat(placed.getLines(0).getWaitingQuantity()).isEqualTo(5);
    String orderId = placed.getOrderId();
    LocalDate first = waitingShipDate(placed);
    awaitMail("part follows later", first);
    seenIn(placing, ServiceKind.INVENTORY, ServiceKind.ORDER, ServiceKind.NOTIFICATION);

    PurchaseOrder sent = send(awaitPurchaseOrder());
    LocalDate estimated = awaitDateOfSupply(orderId, sent);
    // Told on the lead time of the supplier already: the purchase is no news to the customer.
    assertThat(estimated).isEqualTo(first);
    assertThat(mails("date")).isEmpty();

    LocalDate acknowledged = estimated.plusDays(9);
    acknowledge(sent, acknowledged);
    LocalDate promised = awaitOtherShipDate(orderId, estimated);
    assertThat(promised).isAfterOrEqualTo(acknowledged);
    awaitMail("later", promised);

    String redating = "loop-redate-" + RUN;
    long redated = System.nanoTime();
    redate(sent, acknowledged.plusDays(7), redating);
    LocalDate worse = awaitOtherShipDate(orderId, promised);
    System.out.println(
        "supplier's redate to customer's promise over three feeds: "
            + Duration.ofNanos(System.nanoTime() - redated).toMillis()
            + " ms");
    assertThat(worse).isAfterOrEqualTo(promised.plusDays(7));
    awaitMail("later", worse);
    seenIn(redating, ServiceKind.values());
    assertThat(toldDates(orderId)).contains(first, promised, worse);

    receive(sent);
    awaitReserved(orderId);
    List<Shipment> offered = awaitShipments(orderId);
    assertThat(units(offered)).isEqualTo(8);
    offered.forEach(LoopIT::ship);
    await("a mail for each shipment")
        .atMost(EVENTUALLY)
        .until(() -> mails("on its way").size() == offered.size());
    offered.forEach(LoopIT::deliver);
    await()
        .atMost(EVENTUALLY)
        .until(() -> order(orderId).getState() == OrderState.ORDER_STATE_DELIVERED);

    assertThat(system.brokenInvariants()).isEmpty();
    assertThat(mails("")).extracting(Mail::messageId).doesNotHaveDuplicates();
  }

  @Test
  void every_service_answers_its_probes_and_shows_its_figures() {
    for (ServiceKind kind : ServiceKind.values()) {
      String base = "http://127.0.0.1:" + system.ports().http(kind, 1);
      for (String probe : List.of("live", "ready", "started")) {
        RestAssured.get(base + "/q/health/" + probe).then().statusCode(200);
      }
      assertThat(RestAssured.get(base + "/q/metrics").then().statusCode(200).extract().asString())
          .contains("jvm_memory_used_bytes");
    }
  }

  private static ClientInterceptor correlated(String correlationId) {
    Metadata headers = new Metadata();
    headers.put(CORRELATION, correlationId);
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  /** A call can be followed through the feeds of all services that it reaches. */
  private static void seenIn(String correlationId, ServiceKind... kinds) {
    for (ServiceKind kind : kinds) {
      await(correlationId + " in " + kind)
          .atMost(EVENTUALLY)
          .until(() -> !feeds.of(kind, correlationId).isEmpty());
    }
    assertThat(feeds.of(ServiceKind.NOTIFICATION, correlationId))
        .allSatisfy(
            event ->
                assertThat(
                        event
                            .getPayload()
                            .unpack(NotificationEvent.class)
                            .getDeliveryChanged()
                            .getDelivery()
                            .getCustomerId())
                    .isEqualTo(CUSTOMER))
        .extracting(Event::getCausationId)
        .doesNotContain("");
  }

  /** A mail whose subject says it, and whose text names the day. */
  private static void awaitMail(String subject, LocalDate day) {
    await("a mail \"" + subject + "\" with " + day)
        .atMost(EVENTUALLY)
        .until(
            () ->
                mails(subject).stream().anyMatch(mail -> system.text(mail).contains(spoken(day))));
  }

  private static List<Mail> mails(String subject) {
    return system.mails(
        mail ->
            mail.recipient().equals(ShopSetup.address(CUSTOMER))
                && mail.subject().contains(subject));
  }

  /** As the British English templates write a date: 24 December 2030. */
  private static String spoken(LocalDate date) {
    return date.getDayOfMonth()
        + " "
        + date.getMonth().getDisplayName(TextStyle.FULL, Locale.UK)
        + " "
        + date.getYear();
  }

  private static Order order(String orderId) {
    GetOrderRequest request = GetOrderRequest.newBuilder().setOrderId(orderId).build();
    return cluster.orders(stub -> stub.getOrder(request)).getOrder();
  }

  private static LocalDate waitingShipDate(Order order) {
    return order.getLines(0).getPortionsList().stream()
        .filter(portion -> portion.getState() == PortionState.PORTION_STATE_WAITING)
        .map(AllocationPortion::getPromise)
        .map(promise -> Dates.localDate(promise.getShipByDate()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * What the supplier needs reaches inventory-service by the feed, and is less than the item's own.
   */
  private static void awaitLeadTimeOfSupplier() {
    QuoteAvailabilityRequest request =
        QuoteAvailabilityRequest.newBuilder()
            .addLines(QuoteLine.newBuilder().setSku(SKU).setQuantity(4))
            .build();
    await("dates that rest on the supplier's lead time")
        .atMost(EVENTUALLY)
        .until(
            () ->
                cluster
                    .availability(stub -> stub.quoteAvailability(request))
                    .getLines(0)
                    .getPortionsList()
                    .stream()
                    .map(portion -> Dates.localDate(portion.getPromise().getShipByDate()))
                    .allMatch(LocalDate.now(ZoneOffset.UTC).plusDays(9)::isAfter));
  }

  /** The date of the line once it waits for what was bought. */
  private static LocalDate awaitDateOfSupply(String orderId, PurchaseOrder bought) {
    String supplyId = bought.getLines(0).getLineId();
    GetAllocationRequest request = GetAllocationRequest.newBuilder().setOrderId(orderId).build();
    return await("a line that waits for " + supplyId)
        .atMost(EVENTUALLY)
        .until(
            () ->
                cluster
                    .allocations(stub -> stub.getAllocation(request))
                    .getAllocation()
                    .getLines(0)
                    .getPortionsList()
                    .stream()
                    .map(AllocationPortion::getPromise)
                    .filter(promise -> promise.getSupplyId().equals(supplyId))
                    .map(promise -> Dates.localDate(promise.getShipByDate()))
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private static LocalDate awaitOtherShipDate(String orderId, LocalDate old) {
    await("another date than " + old)
        .atMost(EVENTUALLY)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !waitingShipDate(order(orderId)).equals(old));
    return waitingShipDate(order(orderId));
  }

  private static List<LocalDate> toldDates(String orderId) {
    ListPromisesRequest request = ListPromisesRequest.newBuilder().setOrderId(orderId).build();
    return cluster.promises(stub -> stub.listPromises(request)).getPromisesList().stream()
        .map(PromiseRecord::getPromise)
        .map(promise -> Dates.localDate(promise.getShipByDate()))
        .toList();
  }

  private static PurchaseOrder awaitPurchaseOrder() {
    ListPurchaseOrdersRequest request =
        ListPurchaseOrdersRequest.newBuilder().setSupplier(SUPPLIER).build();
    return await("a purchase order")
        .atMost(EVENTUALLY)
        .until(
            () ->
                cluster
                    .purchaseOrders(stub -> stub.listPurchaseOrders(request))
                    .getPurchaseOrdersList()
                    .stream()
                    .filter(
                        found -> found.getState() == PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT)
                    .findFirst(),
            java.util.Optional::isPresent)
        .orElseThrow();
  }

  private static PurchaseOrder send(PurchaseOrder draft) {
    SendPurchaseOrderRequest request =
        SendPurchaseOrderRequest.newBuilder()
            .setRequestId(requestId())
            .setPurchaseOrderId(draft.getPurchaseOrderId())
            .build();
    PurchaseOrder sent =
        cluster.purchaseOrders(stub -> stub.sendPurchaseOrder(request)).getPurchaseOrder();
    assertThat(sent.getLinesList())
        .allSatisfy(line -> assertThat(line.getOrderedQuantity() % 10).isZero());
    return sent;
  }

  private static void acknowledge(PurchaseOrder order, LocalDate date) {
    AcknowledgePurchaseOrderRequest.Builder request =
        AcknowledgePurchaseOrderRequest.newBuilder()
            .setRequestId(requestId())
            .setPurchaseOrderId(order.getPurchaseOrderId());
    for (PurchaseOrderLine line : order.getLinesList()) {
      request.addLines(
          LineAcknowledgement.newBuilder()
              .setLineId(line.getLineId())
              .setAcceptedQuantity(line.getOrderedQuantity())
              .setExpectedDate(Dates.date(date)));
    }
    cluster.purchaseOrders(stub -> stub.acknowledgePurchaseOrder(request.build()));
  }

  private static void redate(PurchaseOrder order, LocalDate date, String correlationId) {
    RedatePurchaseOrderRequest.Builder request =
        RedatePurchaseOrderRequest.newBuilder()
            .setRequestId(requestId())
            .setPurchaseOrderId(order.getPurchaseOrderId())
            .setReason("production is late");
    for (PurchaseOrderLine line : order.getLinesList()) {
      request.addLines(
          LineRedate.newBuilder().setLineId(line.getLineId()).setExpectedDate(Dates.date(date)));
    }
    cluster.purchaseOrders(
        stub ->
            stub.withInterceptors(correlated(correlationId)).redatePurchaseOrder(request.build()));
  }

  private static void receive(PurchaseOrder order) {
    ReceiveGoodsRequest.Builder request =
        ReceiveGoodsRequest.newBuilder().setRequestId(requestId()).setActor("dock");
    for (PurchaseOrderLine line : order.getLinesList()) {
      request.addGoods(
          ArrivedGoods.newBuilder()
              .setSupplyId(line.getLineId())
              .setQuantity(line.getOrderedQuantity()));
    }
    cluster.supplies(stub -> stub.receiveGoods(request.build()));
  }

  private static void awaitReserved(String orderId) {
    await("the units that waited")
        .atMost(EVENTUALLY)
        .until(() -> order(orderId).getState() == OrderState.ORDER_STATE_RESERVED);
  }

  private static List<Shipment> awaitShipments(String orderId) {
    await("shipments of all units").atMost(EVENTUALLY).until(() -> units(offered(orderId)) == 8);
    return offered(orderId);
  }

  private static List<Shipment> offered(String orderId) {
    ListShipmentsRequest request =
        ListShipmentsRequest.newBuilder()
            .setOrderId(orderId)
            .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
            .build();
    return cluster.shipments(stub -> stub.listShipments(request)).getShipmentsList();
  }

  private static long units(List<Shipment> shipments) {
    return shipments.stream()
        .flatMap(shipment -> shipment.getLinesList().stream())
        .mapToLong(line -> line.getQuantity())
        .sum();
  }

  private static void ship(Shipment shipment) {
    ConfirmShipmentRequest request =
        ConfirmShipmentRequest.newBuilder()
            .setRequestId(requestId())
            .setShipmentId(shipment.getShipmentId())
            .setCarrier("Royal Post")
            .setTrackingCode("LOOP")
            .build();
    Shipment shipped = cluster.shipments(stub -> stub.confirmShipment(request)).getShipment();
    assertThat(shipped.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
  }

  private static void deliver(Shipment shipment) {
    ConfirmDeliveryRequest request =
        ConfirmDeliveryRequest.newBuilder()
            .setRequestId(requestId())
            .setShipmentId(shipment.getShipmentId())
            .build();
    cluster.shipments(stub -> stub.confirmDelivery(request));
  }
}
