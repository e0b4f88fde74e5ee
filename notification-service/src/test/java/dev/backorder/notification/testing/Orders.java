package dev.backorder.notification.testing;

import com.google.type.Date;
import dev.backorder.common.v1.Money;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderChanged;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderPlaced;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseTold;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentChanged;
import dev.backorder.order.v1.ShipmentLine;
import dev.backorder.order.v1.ShipmentState;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Facts of orders, as order-service publishes them. */
public final class Orders {
  private Orders() {}

  /** An order in pounds with these lines. */
  public static Order order(String customerId, OrderLine... lines) {
    return Order.newBuilder()
        .setOrderId(UUID.randomUUID().toString())
        .setReference("536365")
        .setCustomerId(customerId)
        .setCurrencyCode("GBP")
        .addAllLines(Arrays.asList(lines))
        .setTotal(Money.newBuilder().setCurrencyCode("GBP").setAmountMinor(123_450))
        .setState(OrderState.ORDER_STATE_RESERVED)
        .setVersion(1)
        .build();
  }

  /** A line at 2.50 a unit whose units leave in these portions. */
  public static OrderLine line(String sku, AllocationPortion... portions) {
    long reserved = sum(portions, PortionState.PORTION_STATE_RESERVED);
    long waiting = sum(portions, PortionState.PORTION_STATE_WAITING);
    return OrderLine.newBuilder()
        .setLineId(UUID.nameUUIDFromBytes(sku.getBytes(StandardCharsets.UTF_8)).toString())
        .setSku(sku)
        .setPrice(Price.newBuilder().setCurrencyCode("GBP").setAmountMinor(250).setPriceQuantity(1))
        .setOrderedQuantity(reserved + waiting)
        .setReservedQuantity(reserved)
        .setWaitingQuantity(waiting)
        .addAllPortions(Arrays.asList(portions))
        .build();
  }

  /** A line of which nothing is open any more. */
  public static OrderLine shippedLine(String sku, long quantity) {
    return line(sku).toBuilder().setOrderedQuantity(quantity).setShippedQuantity(quantity).build();
  }

  /** Units that are reserved. */
  public static AllocationPortion ready(long quantity, LocalDate date) {
    return AllocationPortion.newBuilder()
        .setQuantity(quantity)
        .setLocation("leeds")
        .setState(PortionState.PORTION_STATE_RESERVED)
        .setPromise(
            promise(
                date,
                PromiseBasis.PROMISE_BASIS_STOCK,
                PromiseConstraint.PROMISE_CONSTRAINT_HANDLING))
        .build();
  }

  /** Units that wait. */
  public static AllocationPortion waiting(long quantity, LocalDate date) {
    return AllocationPortion.newBuilder()
        .setQuantity(quantity)
        .setLocation("leeds")
        .setState(PortionState.PORTION_STATE_WAITING)
        .setPromise(supplied(date))
        .build();
  }

  /** The fact that an order was placed. */
  public static OrderEvent placed(Order order) {
    return OrderEvent.newBuilder().setOrderPlaced(OrderPlaced.newBuilder().setOrder(order)).build();
  }

  /** The fact that an order was rejected because these items are sold out. */
  public static OrderEvent rejected(Order order, RefusalReason reason) {
    Order.Builder refused = order.toBuilder().setState(OrderState.ORDER_STATE_REJECTED);
    order
        .getLinesList()
        .forEach(
            line ->
                refused.addRefusals(
                    Refusal.newBuilder()
                        .setLineId(line.getLineId())
                        .setSku(line.getSku())
                        .setRequestedQuantity(line.getOrderedQuantity())
                        .setReason(reason)));
    return placed(refused.build());
  }

  /** The fact that another date is told for all units of a line. */
  public static OrderEvent dateTold(
      Order order, int telling, OrderLine line, LocalDate before, LocalDate now) {
    return OrderEvent.newBuilder()
        .setPromiseTold(
            PromiseTold.newBuilder()
                .setOrder(order)
                .addPromises(record(order, line, telling, now))
                .addPreviousPromises(record(order, line, telling - 1, before)))
        .build();
  }

  /** One telling that holds what two tell. */
  public static OrderEvent together(OrderEvent one, OrderEvent other) {
    return one.toBuilder()
        .setPromiseTold(one.getPromiseTold().toBuilder().mergeFrom(other.getPromiseTold()))
        .build();
  }

  /** The fact that a shipment left; {@code after} is the order without the shipped units. */
  public static OrderEvent shipped(Order after, String sku, long quantity) {
    return shipment(after, sku, quantity, ShipmentState.SHIPMENT_STATE_SHIPPED);
  }

  /** The fact that a shipment is in a state. */
  public static OrderEvent shipment(Order after, String sku, long quantity, ShipmentState state) {
    return OrderEvent.newBuilder()
        .setShipmentChanged(
            ShipmentChanged.newBuilder()
                .setOrder(after)
                .setShipment(
                    Shipment.newBuilder()
                        .setShipmentId(
                            UUID.nameUUIDFromBytes(
                                    (after.getOrderId() + sku).getBytes(StandardCharsets.UTF_8))
                                .toString())
                        .setOrderId(after.getOrderId())
                        .setState(state)
                        .setCarrier("Royal Mail")
                        .setTrackingCode("RM123456785GB")
                        .addLines(
                            ShipmentLine.newBuilder()
                                .setLineId(line(sku).getLineId())
                                .setSku(sku)
                                .setQuantity(quantity))))
        .build();
  }

  /** The fact that units of a line were cancelled; {@code after} is the order without them. */
  public static OrderEvent cancelled(Order after, String sku, long quantity) {
    return OrderEvent.newBuilder()
        .setOrderChanged(
            OrderChanged.newBuilder()
                .setOrder(after)
                .setCause(OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED)
                .addChanges(
                    OrderLineQuantity.newBuilder()
                        .setLineId(line(sku).getLineId())
                        .setQuantity(quantity)))
        .build();
  }

  private static PromiseRecord record(Order order, OrderLine line, int telling, LocalDate date) {
    return PromiseRecord.newBuilder()
        .setPromiseId(UUID.randomUUID().toString())
        .setOrderId(order.getOrderId())
        .setLineId(line.getLineId())
        .setSku(line.getSku())
        .setQuantity(line.getOrderedQuantity())
        .setPromise(supplied(date))
        .setTelling(telling)
        .build();
  }

  private static Promise supplied(LocalDate date) {
    return promise(
        date, PromiseBasis.PROMISE_BASIS_SUPPLY, PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_DATE);
  }

  private static Promise promise(LocalDate date, PromiseBasis basis, PromiseConstraint constraint) {
    return Promise.newBuilder()
        .setShipByDate(date(date))
        .setDeliverByDate(date(date.plusDays(2)))
        .setPercentile(80)
        .setBasis(basis)
        .setConstraint(constraint)
        .build();
  }

  private static Date date(LocalDate date) {
    return Date.newBuilder()
        .setYear(date.getYear())
        .setMonth(date.getMonthValue())
        .setDay(date.getDayOfMonth())
        .build();
  }

  private static long sum(AllocationPortion[] portions, PortionState state) {
    return List.of(portions).stream()
        .filter(portion -> portion.getState() == state)
        .mapToLong(AllocationPortion::getQuantity)
        .sum();
  }
}
