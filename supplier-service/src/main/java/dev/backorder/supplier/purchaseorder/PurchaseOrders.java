package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.ids.Ids;
import dev.backorder.supplier.catalogue.Suppliers;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.leadtime.LeadTimes;
import dev.backorder.supplier.leadtime.ReceivedUnits;
import dev.backorder.supplier.purchaseorder.model.Decision;
import dev.backorder.supplier.purchaseorder.model.LineAnswer;
import dev.backorder.supplier.purchaseorder.model.LineDate;
import dev.backorder.supplier.purchaseorder.model.OrderLine;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import dev.backorder.supplier.purchaseorder.model.Tolerance;
import dev.backorder.supplier.v1.ErrorReason;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Purchase orders from draft to receipt. */
@ApplicationScoped
@Transactional
public class PurchaseOrders {
  /** Dates outside of this are slips of the keyboard. */
  private static final int LONGEST_WAIT_YEARS = 10;

  private static final int SKUS_IN_AN_ERROR = 20;

  private final Suppliers suppliers;
  private final PurchaseOrderRepository orders;
  private final StoredOrders stored;
  private final PurchaseOrderChanges changes;
  private final Drafts drafts;
  private final LeadTimes leadTimes;
  private final Ids ids;
  private final Clock clock;

  PurchaseOrders(
      Suppliers suppliers,
      PurchaseOrderRepository orders,
      StoredOrders stored,
      PurchaseOrderChanges changes,
      Drafts drafts,
      LeadTimes leadTimes,
      Ids ids,
      Clock clock) {
    this.suppliers = suppliers;
    this.orders = orders;
    this.stored = stored;
    this.changes = changes;
    this.drafts = drafts;
    this.leadTimes = leadTimes;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Goods arrived, in this order: each says how many units of a line have come so far. Repeating a
   * total, or an older one, changes nothing. What is new is measured.
   *
   * @throws DomainException NOT_FOUND when there is no such order or line
   */
  public void receive(UUID orderId, List<Arrival> arrivals) {
    StoredOrder order = stored.lock(orderId);
    Map<UUID, Long> totals = new HashMap<>();
    arrivals.forEach(a -> totals.merge(a.lineId(), a.total(), Math::max));
    Refusals.changed(order.order().receive(totals))
        .ifPresent(
            after -> {
              List<ReceivedUnits> received = received(order, arrivals);
              StoredOrder written =
                  write(
                      order,
                      after,
                      PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_RECEIVED,
                      "");
              leadTimes.observe(written.header().supplier, received);
            });
  }

  /** What is new in each arrival, for an order as it was before. */
  private static List<ReceivedUnits> received(StoredOrder order, List<Arrival> arrivals) {
    Map<UUID, OrderLine> lines = new HashMap<>();
    Map<UUID, Long> known = new HashMap<>();
    for (OrderLine line : order.order().lines()) {
      lines.put(line.id(), line);
      known.put(line.id(), line.received());
    }
    // Goods of an order that nobody sent here were ordered in another way when it was made.
    Instant sent = Optional.ofNullable(order.header().sentTime).orElse(order.header().createTime);
    List<ReceivedUnits> received = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      OrderLine line = lines.get(arrival.lineId());
      long units = arrival.total() - known.get(line.id());
      if (units > 0) {
        known.put(line.id(), arrival.total());
        received.add(
            new ReceivedUnits(
                line.id(),
                line.sku(),
                units,
                arrival.total(),
                line.expected(),
                sent,
                line.firstPromised().orElse(line.expectedDate()),
                arrival.time()));
      }
    }
    return received;
  }

  static Tolerance toleranceOf(SupplierProfile supplier) {
    return new Tolerance(
        supplier.overReceiptTolerancePercent(), supplier.underReceiptTolerancePercent());
  }

  /** Makes a draft by hand. */
  StoredOrder create(String supplier, String location, Map<String, Long> wanted) {
    SupplierProfile profile = suppliers.get(supplier);
    Map<String, SoldItem> sold = suppliers.sold(supplier, wanted.keySet());
    refuseUnsold(wanted, sold);
    PurchaseOrderEntity header = new PurchaseOrderEntity();
    header.id = ids.next();
    header.number = orders.nextNumber();
    header.supplier = supplier;
    header.location = location;
    header.state = OrderState.DRAFT;
    header.byHand = true;
    header.overReceiptTolerancePercent = profile.overReceiptTolerancePercent();
    header.underReceiptTolerancePercent = profile.underReceiptTolerancePercent();
    header.createTime = now();
    orders.persist(header);
    StoredOrder order = stored.whole(header);
    DraftLines lines = new DraftLines(order.order(), profile, header.createTime, ids);
    wanted.forEach((sku, quantity) -> lines.add(sold.get(sku), quantity));
    changes.write(
        order,
        lines.order(),
        lines.additions(),
        new PurchaseOrderChanges.Change(
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_DRAFTED, "", header.createTime));
    return order;
  }

  StoredOrder send(UUID id) {
    StoredOrder order = stored.lock(id);
    SupplierProfile supplier = suppliers.get(order.header().supplier);
    if (order.header().state == OrderState.DRAFT && !supplier.active()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_SUPPLIER_INACTIVE,
          "The supplier is not active.",
          Map.of("supplier", supplier.code()));
    }
    drafts.send(order, now());
    return order;
  }

  StoredOrder acknowledge(UUID id, List<LineAnswer> answers) {
    StoredOrder order = stored.lock(id);
    PurchaseOrder after = Refusals.changed(order.order().acknowledge(answers)).orElseThrow();
    refuseOddDates(order, answers.stream().map(LineAnswer::date).toList());
    return write(
        order, after, PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_ACKNOWLEDGED, "");
  }

  StoredOrder redate(UUID id, List<LineDate> dates, String reason) {
    StoredOrder order = stored.lock(id);
    PurchaseOrder after = Refusals.changed(order.order().redate(dates)).orElseThrow();
    refuseOddDates(order, dates.stream().map(date -> Optional.of(date.date())).toList());
    return write(
        order, after, PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_REDATED, reason);
  }

  StoredOrder close(UUID id, String reason) {
    return change(
        id,
        PurchaseOrder::close,
        PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_CLOSED,
        reason);
  }

  StoredOrder cancel(UUID id, String reason) {
    return change(
        id,
        PurchaseOrder::cancel,
        PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_CANCELLED,
        reason);
  }

  private StoredOrder change(
      UUID id,
      Function<PurchaseOrder, Decision> verb,
      PurchaseOrderChangeCause cause,
      String reason) {
    StoredOrder order = stored.lock(id);
    return write(order, Refusals.changed(verb.apply(order.order())).orElseThrow(), cause, reason);
  }

  private StoredOrder write(
      StoredOrder order, PurchaseOrder after, PurchaseOrderChangeCause cause, String reason) {
    changes.write(
        order,
        after,
        PurchaseOrderChanges.Additions.NONE,
        new PurchaseOrderChanges.Change(cause, reason, now()));
    return order;
  }

  private static void refuseUnsold(Map<String, Long> wanted, Map<String, SoldItem> sold) {
    String unsold =
        wanted.keySet().stream()
            .filter(sku -> !sold.containsKey(sku))
            .limit(SKUS_IN_AN_ERROR)
            .collect(Collectors.joining(","));
    if (!unsold.isEmpty()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_ITEM_NOT_SOLD,
          "The supplier does not sell this.",
          Map.of("sku", unsold));
    }
    wanted.forEach(
        (sku, quantity) -> {
          long possible = sold.get(sku).terms().orderQuantity(quantity);
          if (possible < quantity) {
            throw DomainException.precondition(
                ErrorReason.ERROR_REASON_QUANTITY_TOO_LARGE,
                "No multiple up to the limit is enough.",
                Map.of(
                    "sku", sku,
                    "requested", Long.toString(quantity),
                    "possible", Long.toString(possible)));
          }
        });
  }

  private void refuseOddDates(StoredOrder order, List<Optional<LocalDate>> dates) {
    LocalDate sent = suppliers.get(order.header().supplier).dayOf(order.header().sentTime);
    // A day of grace: the supplier may name days of another time zone.
    LocalDate earliest = sent.minusDays(1);
    LocalDate latest = sent.plusYears(LONGEST_WAIT_YEARS);
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < dates.size(); i++) {
      problems.check(
          dates.get(i).map(d -> !d.isBefore(earliest) && !d.isAfter(latest)).orElse(true),
          "lines[%d].expected_date".formatted(i),
          "must not be before the order was sent (%s) nor %d years later"
              .formatted(sent, LONGEST_WAIT_YEARS));
    }
    problems.throwIfAny();
  }

  /** To the microsecond, as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
