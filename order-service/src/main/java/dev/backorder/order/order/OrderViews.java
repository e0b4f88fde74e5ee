package dev.backorder.order.order;

import com.google.protobuf.Timestamp;
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
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.v1.BuyerType;
import dev.backorder.order.v1.Jurisdiction;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLineState;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.WorsePromise;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Orders in the words of the contract, and back. Never the destination. */
public final class OrderViews {
  private OrderViews() {}

  /** The order. */
  public static Order toProto(OrderRecord order) {
    OrderHeader h = order.header();
    Order.Builder view =
        Order.newBuilder()
            .setOrderId(h.orderId().toString())
            .setReference(h.reference())
            .setCustomerId(h.customerId())
            .setChannel(h.channel())
            .setState(OrderState.valueOf("ORDER_STATE_" + order.state()))
            .setCurrencyCode(h.currencyCode())
            .setTotal(
                Money.newBuilder().setCurrencyCode(h.currencyCode()).setAmountMinor(h.totalMinor()))
            .setJurisdiction(Jurisdiction.valueOf("JURISDICTION_" + h.jurisdiction()))
            .setBuyerType(BuyerType.valueOf("BUYER_TYPE_" + h.buyerType()))
            .setDestinationCountry(h.destinationCountry())
            .setPickUpLocation(h.pickUpLocation())
            .setPlaceTime(timestamp(h.placeTime()))
            .setOrderCompleteTime(timestamp(h.completeTime()))
            .setVersion(order.version());
    if (!h.sourcingPolicy().isEmpty()) {
      view.setSourcingPolicy(SourcingPolicy.valueOf(h.sourcingPolicy()));
    }
    ShipRules.toProto(h.shipRule()).ifPresent(view::setShipRule);
    order.lines().forEach(line -> view.addLines(toProto(line, h.currencyCode())));
    for (OrderRefusal refusal : order.refusals()) {
      if (refusal.isWorsePromise()) {
        view.addWorsePromises(worsePromise(refusal));
      } else {
        view.addRefusals(refusal(refusal));
      }
    }
    return view.build();
  }

  /** A promise. */
  public static Promise toProto(PromiseTerms terms) {
    Promise.Builder promise =
        Promise.newBuilder()
            .setShipByDate(date(terms.shipByDate()))
            .setPercentile(terms.percentile())
            .setBasis(PromiseBasis.valueOf("PROMISE_BASIS_" + terms.basis()))
            .setConstraint(PromiseConstraint.valueOf("PROMISE_CONSTRAINT_" + terms.constraint()))
            .setSupplyId(terms.supplyId());
    terms.deliverByDate().ifPresent(day -> promise.setDeliverByDate(date(day)));
    return promise.build();
  }

  /**
   * A portion as inventory-service tells it; a value that this service does not know yet counts as
   * not told.
   */
  public static Portion fromProto(AllocationPortion portion) {
    Promise promise = portion.getPromise();
    return new Portion(
        portion.getQuantity(),
        portion.getLocation(),
        portion.getState() == PortionState.PORTION_STATE_RESERVED
            ? Portion.Fate.RESERVED
            : Portion.Fate.WAITING,
        new PromiseTerms(
            date(promise.getShipByDate()),
            promise.hasDeliverByDate()
                ? Optional.of(date(promise.getDeliverByDate()))
                : Optional.empty(),
            promise.getPercentile(),
            shortName(promise.getBasis(), PromiseBasis.UNRECOGNIZED, "PROMISE_BASIS_"),
            shortName(
                promise.getConstraint(), PromiseConstraint.UNRECOGNIZED, "PROMISE_CONSTRAINT_"),
            promise.getSupplyId()));
  }

  /** A calendar day. */
  public static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  /** A calendar day. */
  public static LocalDate date(Date day) {
    return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
  }

  /** A moment. */
  public static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** The name of a contract's value without its prefix. */
  public static <E extends Enum<E>> String shortName(E value, E unknown, String prefix) {
    return value == unknown ? "UNSPECIFIED" : value.name().substring(prefix.length());
  }

  private static dev.backorder.order.v1.OrderLine toProto(OrderLine line, String currency) {
    dev.backorder.order.v1.OrderLine.Builder view =
        dev.backorder.order.v1.OrderLine.newBuilder()
            .setLineId(line.lineId().toString())
            .setSku(line.sku())
            .setPrice(
                Price.newBuilder()
                    .setCurrencyCode(currency)
                    .setAmountMinor(line.priceMinor())
                    .setPriceQuantity(line.priceQuantity()))
            .setOrderedQuantity(line.quantities().ordered())
            .setReservedQuantity(line.quantities().reserved())
            .setWaitingQuantity(line.quantities().waiting())
            .setShippedQuantity(line.quantities().shipped())
            .setDeliveredQuantity(line.quantities().delivered())
            .setCancelledQuantity(line.quantities().cancelled())
            .setRefusedQuantity(line.quantities().refused())
            .setReturnedQuantity(line.quantities().returned())
            .setState(OrderLineState.valueOf("ORDER_LINE_STATE_" + line.state()))
            .setInitiallyWaitingQuantity(line.initiallyWaiting());
    line.wanted().ifPresent(day -> view.setWantedDate(date(day)));
    view.setShipGroup(line.shipTerms().group());
    line.shipTerms().lateness().map(ShipRules::toProto).ifPresent(view::setLateness);
    ShipRules.held(line.progress()).ifPresent(view::setHeld);
    line.portions().forEach(portion -> view.addPortions(toProto(portion)));
    return view.build();
  }

  private static AllocationPortion toProto(Portion portion) {
    return AllocationPortion.newBuilder()
        .setQuantity(portion.quantity())
        .setLocation(portion.location())
        .setState(PortionState.valueOf("PORTION_STATE_" + portion.fate()))
        .setPromise(toProto(portion.terms()))
        .build();
  }

  private static Refusal refusal(OrderRefusal refusal) {
    return Refusal.newBuilder()
        .setLineId(refusal.lineId().toString())
        .setSku(refusal.sku())
        .setRequestedQuantity(refusal.requested())
        .setOrderableQuantity(refusal.orderable())
        .setReason(RefusalReason.valueOf("REFUSAL_REASON_" + refusal.reason()))
        .build();
  }

  private static WorsePromise worsePromise(OrderRefusal refusal) {
    WorsePromise.Builder view =
        WorsePromise.newBuilder().setLineId(refusal.lineId().toString()).setSku(refusal.sku());
    refusal.shown().ifPresent(day -> view.setShownShipByDate(date(day)));
    refusal.given().ifPresent(day -> view.setGivenShipByDate(date(day)));
    return view.build();
  }
}
