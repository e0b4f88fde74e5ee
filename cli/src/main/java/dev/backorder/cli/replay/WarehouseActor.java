package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Batches;
import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListStockResponse;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.order.v1.BatchConfirmDeliveriesRequest;
import dev.backorder.order.v1.BatchConfirmShipmentsRequest;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmDeliveryResponse;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ConfirmShipmentResponse;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays the warehouse and the carriers: once a day everything that is ready leaves, and arrives
 * after its transit days.
 */
final class WarehouseActor {

  private static final int PAGE_SIZE = 100;
  // Of the 100 that a call may carry: several calls keep all processes busy.
  private static final int BATCH = 50;
  private static final String ANY_COUNTRY = "*";

  private final Shop shop;
  private final Customers customers;

  WarehouseActor(Shop shop, Customers customers) {
    this.shop = shop;
    this.customers = customers;
  }

  /** Confirms every shipment that is offered: a manifest for each collection. */
  void shipAll() {
    LocalDate today = shop.today();
    List<ConfirmShipmentRequest> leaving = new ArrayList<>();
    for (Shipment shipment : offered()) {
      LocalDate arrives = today.plusDays(transitDays(customers.countryOf(shipment.getOrderId())));
      shop.agenda()
          .add(
              shop.at(arrives, shop.scenario().warehouse().deliversAtHour()),
              new Agenda.Delivery(shipment.getShipmentId()));
      leaving.add(
          ConfirmShipmentRequest.newBuilder()
              .setRequestId(shop.requestIds().of("ship " + shipment.getShipmentId()))
              .setShipmentId(shipment.getShipmentId())
              .setCarrier("Royal Post")
              .setTrackingCode(customers.trackingCode(shipment.getOrderId()))
              .build());
    }
    // Shipments do not influence each other, so manifests may leave side by side.
    for (List<ConfirmShipmentRequest> manifest : inBatches(leaving)) {
      shop.parallel()
          .submit(
              () -> Batches.call(manifest, this::confirm),
              confirmed ->
                  confirmed.forEach(
                      response -> {
                        Shipment shipment = response.getShipment();
                        shop.tallies().shipped(shipment.getLinesList(), today);
                        customers.shipped(shipment.getOrderId());
                      }));
    }
  }

  private static <T> List<List<T>> inBatches(List<T> all) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += BATCH) {
      batches.add(List.copyOf(all.subList(from, Math.min(all.size(), from + BATCH))));
    }
    return batches;
  }

  private List<Shipment> offered() {
    List<Shipment> offered = new ArrayList<>();
    Pages.forEach(
        token -> {
          ListShipmentsRequest request =
              ListShipmentsRequest.newBuilder()
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(token)
                  .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
                  .build();
          return shop.cluster().shipments(stub -> stub.listShipments(request));
        },
        ListShipmentsResponse::getShipmentsList,
        ListShipmentsResponse::getNextPageToken,
        offered::add);
    return offered;
  }

  private List<Batches.Outcome<ConfirmShipmentResponse>> confirm(
      List<ConfirmShipmentRequest> manifest) {
    BatchConfirmShipmentsRequest request =
        BatchConfirmShipmentsRequest.newBuilder().addAllShipments(manifest).build();
    return shop
        .cluster()
        .shipments(stub -> stub.batchConfirmShipments(request))
        .getOutcomesList()
        .stream()
        .map(o -> Batches.Outcome.of(o.hasFailure(), o.getResponse(), o.getFailure()))
        .toList();
  }

  private int transitDays(String country) {
    var days = shop.scenario().warehouse().transitDays();
    return Math.max(1, days.getOrDefault(country, days.getOrDefault(ANY_COUNTRY, 1)));
  }

  /** Carriers hand over what has arrived, and report it together. */
  void deliver(List<Agenda.Delivery> deliveries) {
    List<ConfirmDeliveryRequest> arrived =
        deliveries.stream()
            .map(
                delivery ->
                    ConfirmDeliveryRequest.newBuilder()
                        .setRequestId(shop.requestIds().of("deliver " + delivery.shipmentId()))
                        .setShipmentId(delivery.shipmentId())
                        .build())
            .toList();
    for (List<ConfirmDeliveryRequest> report : inBatches(arrived)) {
      shop.parallel().submit(() -> Batches.call(report, this::arrive), done -> {});
    }
  }

  private List<Batches.Outcome<ConfirmDeliveryResponse>> arrive(
      List<ConfirmDeliveryRequest> report) {
    BatchConfirmDeliveriesRequest request =
        BatchConfirmDeliveriesRequest.newBuilder().addAllDeliveries(report).build();
    return shop
        .cluster()
        .shipments(stub -> stub.batchConfirmDeliveries(request))
        .getOutcomesList()
        .stream()
        .map(o -> Batches.Outcome.of(o.hasFailure(), o.getResponse(), o.getFailure()))
        .toList();
  }

  /** Units that customers wait for now. */
  long waitingUnits() {
    AtomicLong waiting = new AtomicLong();
    Pages.forEach(
        token -> {
          ListStockRequest request =
              ListStockRequest.newBuilder()
                  .setPageSize(500)
                  .setPageToken(token)
                  .setWaitingOnly(true)
                  .build();
          return shop.cluster().stock(stub -> stub.listStock(request));
        },
        ListStockResponse::getBalancesList,
        ListStockResponse::getNextPageToken,
        (StockBalance balance) -> waiting.addAndGet(balance.getWaitingQuantity()));
    return waiting.get();
  }
}
