package dev.backorder.notification.order;

import com.google.type.Date;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.notification.message.model.DateReason;
import dev.backorder.notification.message.model.Departure;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageLine;
import dev.backorder.notification.message.model.RefusalReason;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChanged;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderPlaced;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseTold;
import dev.backorder.order.v1.ShipmentChanged;
import dev.backorder.order.v1.ShipmentLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns facts of order-service into what a message says. */
final class OrderContents {
  private OrderContents() {}

  /** What the whole order gets, and what it does not get. */
  static MessageContent placed(OrderPlaced fact) {
    Order order = fact.getOrder();
    Map<String, Refusal> refusals =
        order.getRefusalsList().stream()
            .collect(Collectors.toMap(Refusal::getLineId, Function.identity(), (a, b) -> a));
    return content(
        order,
        order.getLinesList().stream()
            .map(line -> placedLine(line, Optional.ofNullable(refusals.get(line.getLineId()))))
            .toList(),
        List.of());
  }

  /** What was refused of an order that was rejected as a whole. */
  static MessageContent rejected(OrderPlaced fact) {
    Order order = fact.getOrder();
    return content(
        order,
        order.getRefusalsList().stream()
            .map(
                r ->
                    new MessageLine(
                        r.getLineId(),
                        r.getSku(),
                        r.getRequestedQuantity(),
                        0,
                        List.of(),
                        List.of(),
                        Math.max(1, r.getRequestedQuantity() - r.getOrderableQuantity()),
                        reason(r)))
            .toList(),
        List.of());
  }

  /** The lines whose dates changed, with the dates told before. */
  static MessageContent promiseTold(PromiseTold fact) {
    Map<String, List<PromiseRecord>> before =
        fact.getPreviousPromisesList().stream()
            .collect(Collectors.groupingBy(PromiseRecord::getLineId));
    Map<String, List<PromiseRecord>> now =
        fact.getPromisesList().stream()
            .collect(
                Collectors.groupingBy(
                    PromiseRecord::getLineId, LinkedHashMap::new, Collectors.toList()));
    return content(
        fact.getOrder(),
        now.entrySet().stream()
            .map(
                e ->
                    changedLine(
                        e.getKey(), e.getValue(), before.getOrDefault(e.getKey(), List.of())))
            .toList(),
        List.of());
  }

  /** What is in a parcel, and what is still to come. */
  static MessageContent shipped(ShipmentChanged fact) {
    Map<String, Long> quantities = new LinkedHashMap<>();
    Map<String, String> skus = new LinkedHashMap<>();
    for (ShipmentLine line : fact.getShipment().getLinesList()) {
      // Of a line that fell short altogether nothing is in the parcel.
      if (line.getQuantity() == 0) {
        continue;
      }
      quantities.merge(line.getLineId(), line.getQuantity(), Math::addExact);
      skus.put(line.getLineId(), line.getSku());
    }
    MessageContent content =
        content(
            fact.getOrder(),
            quantities.entrySet().stream()
                .map(e -> MessageLine.of(e.getKey(), skus.get(e.getKey()), e.getValue(), List.of()))
                .toList(),
            openLines(fact.getOrder()));
    return content.carriedBy(fact.getShipment().getCarrier(), fact.getShipment().getTrackingCode());
  }

  /** What was cancelled now, and what stays. */
  static MessageContent cancelled(OrderChanged fact) {
    Map<String, String> skus =
        fact.getOrder().getLinesList().stream()
            .collect(Collectors.toMap(OrderLine::getLineId, OrderLine::getSku, (a, b) -> a));
    return content(
        fact.getOrder(),
        fact.getChangesList().stream().map(change -> cancelledLine(change, skus)).toList(),
        openLines(fact.getOrder()));
  }

  private static MessageContent content(
      Order order, List<MessageLine> lines, List<MessageLine> rest) {
    return new MessageContent(
        order.getOrderId(),
        order.getReference(),
        order.getCurrencyCode(),
        order.getTotal().getAmountMinor(),
        lines,
        rest,
        "",
        "",
        order.getLinesList().stream().noneMatch(line -> openQuantity(line) > 0));
  }

  private static MessageLine placedLine(OrderLine line, Optional<Refusal> refusal) {
    return new MessageLine(
        line.getLineId(),
        line.getSku(),
        line.getOrderedQuantity(),
        amountMinor(line.getPrice(), line.getOrderedQuantity()),
        departures(line),
        List.of(),
        line.getRefusedQuantity(),
        refusal.map(OrderContents::reason).orElse(RefusalReason.NONE));
  }

  private static MessageLine changedLine(
      String lineId, List<PromiseRecord> now, List<PromiseRecord> before) {
    List<Departure> departures = now.stream().map(OrderContents::departure).toList();
    long quantity = departures.stream().mapToLong(Departure::quantity).sum();
    return new MessageLine(
        lineId,
        now.get(0).getSku(),
        quantity,
        0,
        departures,
        before.stream().map(OrderContents::departure).toList(),
        0,
        RefusalReason.NONE);
  }

  private static MessageLine cancelledLine(OrderLineQuantity change, Map<String, String> skus) {
    String sku = skus.getOrDefault(change.getLineId(), "");
    return MessageLine.of(change.getLineId(), sku, change.getQuantity(), List.of());
  }

  private static List<MessageLine> openLines(Order order) {
    return order.getLinesList().stream()
        .filter(line -> openQuantity(line) > 0)
        .map(
            line ->
                MessageLine.of(
                    line.getLineId(), line.getSku(), openQuantity(line), departures(line)))
        .toList();
  }

  private static long openQuantity(OrderLine line) {
    return line.getReservedQuantity() + line.getWaitingQuantity();
  }

  /** When the open units leave; units that no portion speaks of have no date. */
  private static List<Departure> departures(OrderLine line) {
    if (line.getPortionsCount() > 0) {
      return line.getPortionsList().stream().map(OrderContents::departure).toList();
    }
    return openQuantity(line) == 0
        ? List.of()
        : List.of(
            new Departure(
                openQuantity(line),
                line.getWaitingQuantity() > 0,
                Optional.empty(),
                Optional.empty(),
                DateReason.NONE));
  }

  private static Departure departure(AllocationPortion portion) {
    boolean waiting = portion.getState() == PortionState.PORTION_STATE_WAITING;
    return departure(portion.getQuantity(), waiting, portion.getPromise());
  }

  private static Departure departure(PromiseRecord record) {
    boolean waiting = record.getPromise().getBasis() != PromiseBasis.PROMISE_BASIS_STOCK;
    return departure(record.getQuantity(), waiting, record.getPromise());
  }

  private static Departure departure(long quantity, boolean waiting, Promise promise) {
    return new Departure(
        quantity,
        waiting,
        date(promise.hasShipByDate(), promise.getShipByDate()),
        date(promise.hasDeliverByDate(), promise.getDeliverByDate()),
        reason(promise.getConstraint()));
  }

  private static Optional<LocalDate> date(boolean present, Date date) {
    if (!present) {
      return Optional.empty();
    }
    try {
      return Optional.of(LocalDate.of(date.getYear(), date.getMonth(), date.getDay()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Price of a quantity, rounded half up as order-service does. */
  private static long amountMinor(Price price, long quantity) {
    return BigDecimal.valueOf(price.getAmountMinor())
        .multiply(BigDecimal.valueOf(quantity))
        .divide(BigDecimal.valueOf(Math.max(1, price.getPriceQuantity())), 0, RoundingMode.HALF_UP)
        .longValueExact();
  }

  private static DateReason reason(PromiseConstraint constraint) {
    return switch (constraint) {
      case PROMISE_CONSTRAINT_SUPPLY_DATE -> DateReason.SUPPLY_DATE;
      case PROMISE_CONSTRAINT_SUPPLY_OVERDUE -> DateReason.SUPPLY_OVERDUE;
      case PROMISE_CONSTRAINT_SUPPLIER_LEAD_TIME -> DateReason.SUPPLIER_LEAD_TIME;
      case PROMISE_CONSTRAINT_RELEASE_DATE -> DateReason.RELEASE_DATE;
      case PROMISE_CONSTRAINT_WORKING_CALENDAR -> DateReason.WORKING_CALENDAR;
      case PROMISE_CONSTRAINT_INSPECTION -> DateReason.INSPECTION;
      case PROMISE_CONSTRAINT_HANDLING,
          PROMISE_CONSTRAINT_WANTED_DATE,
          PROMISE_CONSTRAINT_SHIP_RULE,
          PROMISE_CONSTRAINT_UNSPECIFIED,
          UNRECOGNIZED ->
          DateReason.NONE;
    };
  }

  private static RefusalReason reason(Refusal refusal) {
    return switch (refusal.getReason()) {
      case REFUSAL_REASON_UNKNOWN_ITEM -> RefusalReason.UNKNOWN_ITEM;
      case REFUSAL_REASON_BACKORDER_LIMIT -> RefusalReason.LIMIT;
      case REFUSAL_REASON_WAIT_TOO_LONG, REFUSAL_REASON_TOO_LATE -> RefusalReason.WAIT_TOO_LONG;
      case REFUSAL_REASON_OUT_OF_STOCK,
          REFUSAL_REASON_NO_REPLENISHMENT,
          REFUSAL_REASON_NO_LOCATION,
          REFUSAL_REASON_PREORDER_ENDED,
          REFUSAL_REASON_PICK_UP_LOCATION,
          REFUSAL_REASON_UNSPECIFIED,
          UNRECOGNIZED ->
          RefusalReason.OUT_OF_STOCK;
    };
  }
}
