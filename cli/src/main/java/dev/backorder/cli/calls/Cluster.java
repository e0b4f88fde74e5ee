package dev.backorder.cli.calls;

import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckConsistencyResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.inventory.v1.AllocationExplanationServiceGrpc;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.HoldServiceGrpc;
import dev.backorder.inventory.v1.ItemServiceGrpc;
import dev.backorder.inventory.v1.LocationServiceGrpc;
import dev.backorder.inventory.v1.StockServiceGrpc;
import dev.backorder.inventory.v1.SupplyServiceGrpc;
import dev.backorder.inventory.v1.TransferServiceGrpc;
import dev.backorder.notification.v1.ContactServiceGrpc;
import dev.backorder.notification.v1.DeliveryServiceGrpc;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.order.v1.ServiceLevelServiceGrpc;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The four services as a client sees them: one method per gRPC service, each making one call with
 * repeats.
 */
public final class Cluster implements AutoCloseable {

  private static final Duration LONG_CALL = Duration.ofMinutes(5);

  private final Map<ServiceKind, Replicas> services = new EnumMap<>(ServiceKind.class);
  private final CallTimes times = new CallTimes();

  /**
   * All replicas of a system that follows the port scheme.
   *
   * @param deadline of one attempt
   * @param patience how long a call is repeated when a replica is gone
   */
  public Cluster(String host, Ports ports, int replicas, Duration deadline, Duration patience) {
    for (ServiceKind kind : ServiceKind.values()) {
      List<String> addresses = new ArrayList<>();
      for (int replica = 1; replica <= replicas; replica++) {
        addresses.add(host + ":" + ports.grpc(kind, replica));
      }
      services.put(kind, new Replicas(kind, addresses, deadline, patience, times));
    }
  }

  /** Items. */
  public <R> R items(Function<ItemServiceGrpc.ItemServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(ItemServiceGrpc.newBlockingStub(channel)));
  }

  /** Locations. */
  public <R> R locations(Function<LocationServiceGrpc.LocationServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(LocationServiceGrpc.newBlockingStub(channel)));
  }

  /** Stock and its ledger. */
  public <R> R stock(Function<StockServiceGrpc.StockServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(StockServiceGrpc.newBlockingStub(channel)));
  }

  /** Supplies and receipts. */
  public <R> R supplies(Function<SupplyServiceGrpc.SupplyServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(SupplyServiceGrpc.newBlockingStub(channel)));
  }

  /** Transfers between locations. */
  public <R> R transfers(Function<TransferServiceGrpc.TransferServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(TransferServiceGrpc.newBlockingStub(channel)));
  }

  /** Quotes. */
  public <R> R availability(
      Function<AvailabilityServiceGrpc.AvailabilityServiceBlockingStub, R> call) {
    return inventory()
        .call(channel -> call.apply(AvailabilityServiceGrpc.newBlockingStub(channel)));
  }

  /** What carts hold. */
  public <R> R holds(Function<HoldServiceGrpc.HoldServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(HoldServiceGrpc.newBlockingStub(channel)));
  }

  /** Allocations and the queue. */
  public <R> R allocations(Function<AllocationServiceGrpc.AllocationServiceBlockingStub, R> call) {
    return inventory().call(channel -> call.apply(AllocationServiceGrpc.newBlockingStub(channel)));
  }

  /** Why orders hold what they hold. */
  public <R> R explanations(
      Function<AllocationExplanationServiceGrpc.AllocationExplanationServiceBlockingStub, R> call) {
    return inventory()
        .call(channel -> call.apply(AllocationExplanationServiceGrpc.newBlockingStub(channel)));
  }

  /** Orders. */
  public <R> R orders(Function<OrderServiceGrpc.OrderServiceBlockingStub, R> call) {
    return order().call(channel -> call.apply(OrderServiceGrpc.newBlockingStub(channel)));
  }

  /** The promise ledger. */
  public <R> R promises(Function<PromiseServiceGrpc.PromiseServiceBlockingStub, R> call) {
    return order().call(channel -> call.apply(PromiseServiceGrpc.newBlockingStub(channel)));
  }

  /** Shipments. */
  public <R> R shipments(Function<ShipmentServiceGrpc.ShipmentServiceBlockingStub, R> call) {
    return order().call(channel -> call.apply(ShipmentServiceGrpc.newBlockingStub(channel)));
  }

  /** Figures; they read much, so they may take long. */
  public <R> R serviceLevels(
      Function<ServiceLevelServiceGrpc.ServiceLevelServiceBlockingStub, R> call) {
    return order()
        .call(LONG_CALL, channel -> call.apply(ServiceLevelServiceGrpc.newBlockingStub(channel)));
  }

  /** Suppliers. */
  public <R> R suppliers(Function<SupplierServiceGrpc.SupplierServiceBlockingStub, R> call) {
    return supplier().call(channel -> call.apply(SupplierServiceGrpc.newBlockingStub(channel)));
  }

  /** Purchase orders. */
  public <R> R purchaseOrders(
      Function<PurchaseOrderServiceGrpc.PurchaseOrderServiceBlockingStub, R> call) {
    return supplier()
        .call(channel -> call.apply(PurchaseOrderServiceGrpc.newBlockingStub(channel)));
  }

  /** Contacts. */
  public <R> R contacts(Function<ContactServiceGrpc.ContactServiceBlockingStub, R> call) {
    return notification().call(channel -> call.apply(ContactServiceGrpc.newBlockingStub(channel)));
  }

  /** Deliveries of messages. */
  public <R> R deliveries(Function<DeliveryServiceGrpc.DeliveryServiceBlockingStub, R> call) {
    return notification().call(channel -> call.apply(DeliveryServiceGrpc.newBlockingStub(channel)));
  }

  /** Moves one service's simulated clock and lets it do what is due. */
  public AdvanceClockResponse advanceClock(ServiceKind kind, AdvanceClockRequest request) {
    return services
        .get(kind)
        .call(
            LONG_CALL, channel -> ClockServiceGrpc.newBlockingStub(channel).advanceClock(request));
  }

  /** Asks one service whether its own books are right. */
  public CheckConsistencyResponse checkConsistency(
      ServiceKind kind, CheckConsistencyRequest request) {
    return services
        .get(kind)
        .call(
            LONG_CALL,
            channel -> ConsistencyServiceGrpc.newBlockingStub(channel).checkConsistency(request));
  }

  /** How long the calls took so far. */
  public CallTimes times() {
    return times;
  }

  private Replicas inventory() {
    return services.get(ServiceKind.INVENTORY);
  }

  private Replicas order() {
    return services.get(ServiceKind.ORDER);
  }

  private Replicas supplier() {
    return services.get(ServiceKind.SUPPLIER);
  }

  private Replicas notification() {
    return services.get(ServiceKind.NOTIFICATION);
  }

  @Override
  public void close() {
    services.values().forEach(Replicas::close);
  }
}
