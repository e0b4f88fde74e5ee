package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Pages;
import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.check.Invariant.Mismatch;
import dev.backorder.cli.report.Figures;
import dev.backorder.cli.stack.MailIndex;
import dev.backorder.cli.stack.Stack;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListStockResponse;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.order.v1.GetServiceLevelsRequest;
import dev.backorder.order.v1.ServiceLevels;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrderState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Asks the services what came out of a replay, and holds it against what the driver itself has
 * seen.
 */
final class Measurement {

  private final Cluster cluster;
  private final Tallies tallies;
  private final Stack stack;

  Measurement(Cluster cluster, Tallies tallies, Stack stack) {
    this.cluster = cluster;
    this.tallies = tallies;
    this.stack = stack;
  }

  /** The services' own checks, those across services, and the driver's. */
  List<Invariant> invariants(ConsistencyAudit audit) {
    List<Invariant> invariants = new ArrayList<>(audit.run(1, 0));
    invariants.add(stockMatchesDriver());
    invariants.add(figuresMatchDriver(serviceLevels()));
    invariants.addAll(mailMatchesDeliveries());
    invariants.sort(java.util.Comparator.comparing(Invariant::name));
    return List.copyOf(invariants);
  }

  Figures figures(long rejectedRows, List<Invariant> invariants, double seconds) {
    ServiceLevels levels = serviceLevels();
    AtomicLong sent = new AtomicLong();
    forEachDelivery(delivery -> sent.addAndGet(isAccepted(delivery) ? 1 : 0));
    TreeMap<String, Boolean> outcome = new TreeMap<>();
    invariants.forEach(invariant -> outcome.put(invariant.name(), invariant.holds()));
    return new Figures(
        levels.getOrderCount(),
        levels.getLineCount(),
        levels.getOrderedQuantity(),
        levels.getShippedQuantity(),
        levels.getBackorderedQuantity(),
        levels.getCancelledQuantity(),
        levels.getRefusedQuantity(),
        levels.getUnitFillRate(),
        levels.getLineFillRate(),
        levels.getOrderFillRate(),
        levels.getPromiseToldCount(),
        levels.getPromiseKeptRate(),
        levels.getMedianWaitDays(),
        levels.getP90WaitDays(),
        purchaseOrders(),
        tallies.receipts(),
        sent.get(),
        rejectedRows,
        outcome,
        seconds,
        seconds > 0 ? levels.getOrderCount() / seconds : 0);
  }

  private ServiceLevels serviceLevels() {
    return cluster
        .serviceLevels(stub -> stub.getServiceLevels(GetServiceLevelsRequest.getDefaultInstance()))
        .getServiceLevels();
  }

  private Invariant stockMatchesDriver() {
    AtomicLong onHand = new AtomicLong();
    Pages.forEach(
        token -> {
          ListStockRequest request =
              ListStockRequest.newBuilder().setPageSize(500).setPageToken(token).build();
          return cluster.stock(stub -> stub.listStock(request));
        },
        ListStockResponse::getBalancesList,
        ListStockResponse::getNextPageToken,
        balance -> onHand.addAndGet(balance.getOnHandQuantity()));
    return new Invariant(
        "driver.stock_matches",
        "Units on hand are what the driver put in, received, shipped and got back",
        differ("units on hand", tallies.onHandUnits(), onHand.get()));
  }

  private Invariant figuresMatchDriver(ServiceLevels levels) {
    List<Mismatch> mismatches = new ArrayList<>();
    mismatches.addAll(differ("orders", tallies.orders(), levels.getOrderCount()));
    mismatches.addAll(differ("lines", tallies.lines(), levels.getLineCount()));
    mismatches.addAll(differ("units ordered", tallies.orderedUnits(), levels.getOrderedQuantity()));
    mismatches.addAll(differ("units refused", tallies.refusedUnits(), levels.getRefusedQuantity()));
    mismatches.addAll(
        differ("units backordered", tallies.waitingAtOnceUnits(), levels.getBackorderedQuantity()));
    mismatches.addAll(differ("units shipped", tallies.shippedUnits(), levels.getShippedQuantity()));
    mismatches.addAll(
        differ("units cancelled", tallies.cancelledUnits(), levels.getCancelledQuantity()));
    mismatches.addAll(
        differ("units returned", tallies.returnedUnits(), levels.getReturnedQuantity()));
    return new Invariant(
        "driver.figures_match", "order-service reports the units that the driver saw", mismatches);
  }

  /** Every message that the mail server confirmed is in the catcher, and none is left to send. */
  private List<Invariant> mailMatchesDeliveries() {
    Set<String> caught = new HashSet<>();
    MailIndex.find(
        stack.folder().mail(),
        mail -> {
          caught.add(mail.messageId().replaceAll("[<>]", ""));
          return false;
        });
    List<Mismatch> missing = new ArrayList<>();
    List<Mismatch> unsent = new ArrayList<>();
    forEachDelivery(
        delivery -> {
          String messageId = delivery.getMessageId().replaceAll("[<>]", "");
          if (isAccepted(delivery) && !caught.contains(messageId) && missing.size() < 100) {
            missing.add(new Mismatch(delivery.getDeliveryId(), "caught", "missing"));
          }
          boolean replaced = delivery.getState() == DeliveryState.DELIVERY_STATE_SUPERSEDED;
          if (!isAccepted(delivery) && !replaced && unsent.size() < 100) {
            unsent.add(
                new Mismatch(delivery.getDeliveryId(), "accepted", delivery.getState().name()));
          }
        });
    return List.of(
        new Invariant(
            "driver.mail_arrived",
            "Every message that was accepted lies in the mail catcher",
            missing),
        new Invariant(
            "driver.mail_sent",
            "No message is left unsent at the end, but for those that a newer one replaced",
            unsent));
  }

  private static List<Mismatch> differ(String subject, long expected, long actual) {
    return expected == actual
        ? List.of()
        : List.of(new Mismatch(subject, Long.toString(expected), Long.toString(actual)));
  }

  private static boolean isAccepted(Delivery delivery) {
    return delivery.getState() == DeliveryState.DELIVERY_STATE_ACCEPTED;
  }

  private long purchaseOrders() {
    AtomicLong sent = new AtomicLong();
    Pages.forEach(
        token -> {
          ListPurchaseOrdersRequest request =
              ListPurchaseOrdersRequest.newBuilder().setPageSize(20).setPageToken(token).build();
          return cluster.purchaseOrders(stub -> stub.listPurchaseOrders(request));
        },
        ListPurchaseOrdersResponse::getPurchaseOrdersList,
        ListPurchaseOrdersResponse::getNextPageToken,
        order ->
            sent.addAndGet(
                order.getState() == PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT ? 0 : 1));
    return sent.get();
  }

  private void forEachDelivery(Consumer<Delivery> deliveries) {
    Pages.forEach(
        token -> {
          ListDeliveriesRequest request =
              ListDeliveriesRequest.newBuilder().setPageSize(500).setPageToken(token).build();
          return cluster.deliveries(stub -> stub.listDeliveries(request));
        },
        ListDeliveriesResponse::getDeliveriesList,
        ListDeliveriesResponse::getNextPageToken,
        deliveries);
  }
}
