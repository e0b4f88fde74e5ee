package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListStockResponse;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
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
  private static final String ANY_COUNTRY = "*";

  private final Shop shop;
  private final Customers customers;

  WarehouseActor(Shop shop, Customers customers) {
    this.shop = shop;
    this.customers = customers;
  }

  /** Confirms every shipment that is offered. */
  void shipAll() {
    List<Shipment> offered = offered();
    LocalDate today = shop.today();
    for (Shipment shipment : offered) {
      String tracking = customers.trackingCode(shipment.getOrderId());
      LocalDate arrives = today.plusDays(transitDays(customers.countryOf(shipment.getOrderId())));
      shop.agenda()
          .add(
              shop.at(arrives, shop.scenario().warehouse().deliversAtHour()),
              new Agenda.Delivery(shipment.getShipmentId()));
      shop.parallel()
          .submit(
              () -> confirm(shipment, tracking),
              confirmed -> {
                shop.tallies().shipped(confirmed.getLinesList(), today);
                customers.shipped(confirmed.getOrderId());
              });
    }
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

  private Shipment confirm(Shipment shipment, String tracking) {
    ConfirmShipmentRequest request =
        ConfirmShipmentRequest.newBuilder()
            .setRequestId(shop.requestIds().of("ship " + shipment.getShipmentId()))
            .setShipmentId(shipment.getShipmentId())
            .setCarrier("Royal Post")
            .setTrackingCode(tracking)
            .build();
    return shop.cluster().shipments(stub -> stub.confirmShipment(request)).getShipment();
  }

  private int transitDays(String country) {
    var days = shop.scenario().warehouse().transitDays();
    return Math.max(1, days.getOrDefault(country, days.getOrDefault(ANY_COUNTRY, 1)));
  }

  /** Carriers hand over what has arrived. */
  void deliver(List<Agenda.Delivery> deliveries) {
    for (Agenda.Delivery delivery : deliveries) {
      ConfirmDeliveryRequest request =
          ConfirmDeliveryRequest.newBuilder()
              .setRequestId(shop.requestIds().of("deliver " + delivery.shipmentId()))
              .setShipmentId(delivery.shipmentId())
              .build();
      shop.parallel()
          .submit(
              () -> shop.cluster().shipments(stub -> stub.confirmDelivery(request)), done -> {});
    }
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
