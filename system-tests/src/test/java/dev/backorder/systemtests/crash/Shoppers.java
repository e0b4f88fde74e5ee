package dev.backorder.systemtests.crash;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static dev.backorder.systemtests.testing.ShopSetup.requestId;
import static org.awaitility.Awaitility.await;

import dev.backorder.cli.calls.CallErrors;
import dev.backorder.cli.calls.Cluster;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.CancelOrderResponse;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.systemtests.testing.ShopSetup;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that place, cancel and ship through whatever happens: each repeats a call until it has an
 * answer, with the same request id, and remembers the first answer.
 */
final class Shoppers {

  private static final String LOCATION = "MAIN";
  private static final String SUPPLIER = "FACTORY";
  private static final List<String> SKUS = List.of("MUG", "TIN", "BAG", "BOX");
  private static final int THREADS = 4;
  private static final int CUSTOMERS = 10;

  private final Cluster cluster;
  private final Map<PlaceOrderRequest, Order> placed = new ConcurrentHashMap<>();
  private final Map<CancelOrderRequest, CancelOrderResponse> cancels = new ConcurrentHashMap<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger shipped = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean closing;

  Shoppers(Cluster cluster) {
    this.cluster = cluster;
  }

  /** Sets up the shop: some stock, so that some orders ship and others wait. */
  void open() {
    ShopSetup shop = new ShopSetup(cluster).location(LOCATION).supplier(SUPPLIER, true);
    for (String sku : SKUS) {
      shop.sells(SUPPLIER, sku).item(sku, 1000, 20, 200).stock(LOCATION, sku, 100);
    }
    for (int customer = 0; customer < CUSTOMERS; customer++) {
      shop.contact("customer-" + customer);
    }
  }

  void start() {
    closing = false;
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(i);
      run("shopper-" + i, () -> shop(random));
    }
    run("packer", this::pack);
  }

  private void run(String name, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              while (!closing) {
                try {
                  work.run();
                } catch (RuntimeException e) {
                  failures.add(name + ": " + e);
                }
              }
            },
            name);
    thread.start();
    threads.add(thread);
  }

  /** Waits until the clients had answers again. */
  void awaitAnother(int orders) {
    int before = placed.size();
    await("orders after the last crash")
        .atMost(EVENTUALLY)
        .until(() -> placed.size() >= before + orders);
  }

  void stop() throws InterruptedException {
    closing = true;
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
  }

  private void shop(Random random) {
    String customer = "customer-" + random.nextInt(CUSTOMERS);
    String sku = SKUS.get(random.nextInt(SKUS.size()));
    PlaceOrderRequest.Builder order = ShopSetup.order(customer, sku, 1 + random.nextInt(3));
    PlaceOrderRequest request = order.setReference(order.getRequestId()).build();
    Order answer = cluster.orders(stub -> stub.placeOrder(request)).getOrder();
    placed.put(request, answer);
    if (random.nextInt(4) == 0) {
      cancel(answer);
    }
  }

  private void cancel(Order order) {
    CancelOrderRequest request =
        CancelOrderRequest.newBuilder()
            .setRequestId(requestId())
            .setOrderId(order.getOrderId())
            .setReason("changed my mind")
            .build();
    try {
      cancels.put(request, cluster.orders(stub -> stub.cancelOrder(request)));
    } catch (StatusRuntimeException e) {
      allowRefusal(e);
    }
  }

  private void pack() {
    ListShipmentsRequest offered =
        ListShipmentsRequest.newBuilder()
            .setPageSize(20)
            .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
            .build();
    for (Shipment shipment :
        cluster.shipments(stub -> stub.listShipments(offered)).getShipmentsList()) {
      ConfirmShipmentRequest request =
          ConfirmShipmentRequest.newBuilder()
              .setRequestId(requestId())
              .setShipmentId(shipment.getShipmentId())
              .setCarrier("Royal Post")
              .build();
      try {
        cluster.shipments(stub -> stub.confirmShipment(request));
        shipped.incrementAndGet();
      } catch (StatusRuntimeException e) {
        allowRefusal(e);
      }
    }
  }

  /** The packer and a customer may want the same units: one of them is told so. */
  private void allowRefusal(StatusRuntimeException e) {
    Status.Code code = e.getStatus().getCode();
    if (code != Status.Code.FAILED_PRECONDITION && code != Status.Code.ABORTED) {
      failures.add(CallErrors.sentence(e));
    }
  }

  /** Asks everything once more: the answers must be the first ones. */
  void repeatAll() {
    placed.forEach(
        (request, first) -> {
          Order again = cluster.orders(stub -> stub.placeOrder(request)).getOrder();
          if (!again.equals(first)) {
            failures.add("placed again: " + again + " instead of " + first);
          }
        });
    cancels.forEach(
        (request, first) -> {
          CancelOrderResponse again = cluster.orders(stub -> stub.cancelOrder(request));
          if (!again.equals(first)) {
            failures.add("cancelled again: " + again + " instead of " + first);
          }
        });
  }

  /** First answer for each request id of an order. */
  Map<String, Order> acknowledged() {
    Map<String, Order> acknowledged = new HashMap<>();
    placed.forEach((request, order) -> acknowledged.put(request.getRequestId(), order));
    return acknowledged;
  }

  /** Orders whose cancellation was confirmed. */
  List<String> cancelled() {
    return cancels.keySet().stream().map(CancelOrderRequest::getOrderId).toList();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public String toString() {
    return placed.size()
        + " orders, "
        + cancels.size()
        + " cancellations, "
        + shipped.get()
        + " shipments confirmed";
  }
}
