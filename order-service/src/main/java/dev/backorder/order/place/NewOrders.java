package dev.backorder.order.place;

import com.google.type.Date;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.ShipRules;
import dev.backorder.order.order.model.Jurisdiction;
import dev.backorder.order.order.model.LineTotals;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipTerms;
import dev.backorder.order.order.model.ShipTerms.Lateness;
import dev.backorder.order.v1.BuyerType;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.WorsePromiseRule;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Makes an undecided order of a request, or names everything that is wrong with it. */
@ApplicationScoped
class NewOrders {
  private static final int LAST_WANTED_YEAR = 2199;

  private final Ids ids;

  NewOrders(Ids ids) {
    this.ids = ids;
  }

  /**
   * Rules that the contract cannot express: one currency, real dates, a total that a number can
   * hold.
   */
  OrderRecord make(PlaceOrderRequest request, RequestDraft draft, Instant now) {
    FieldProblems problems = new FieldProblems();
    List<OrderLine> lines = new ArrayList<>();
    long total = 0;
    for (int i = 0; i < request.getLinesCount(); i++) {
      PlaceOrderLine line = request.getLines(i);
      String field = "lines[%d]".formatted(i);
      problems.check(
          line.getPrice().getCurrencyCode().equals(request.getCurrencyCode()),
          field + ".price.currency_code",
          "must be the order's currency, " + request.getCurrencyCode());
      Optional<LocalDate> shown =
          line.hasShownShipByDate()
              ? date(line.getShownShipByDate(), field + ".shown_ship_by_date", problems)
              : Optional.empty();
      Optional<LocalDate> wanted =
          line.hasWantedDate()
              ? date(line.getWantedDate(), field + ".wanted_date", problems)
              : Optional.empty();
      problems.check(
          wanted.filter(day -> day.getYear() > LAST_WANTED_YEAR).isEmpty(),
          field + ".wanted_date",
          "must not be after 2199-12-31");
      ShipTerms terms = shipTerms(request, line, field, wanted, problems);
      OptionalLong lineTotal =
          LineTotals.of(line.getPrice().getAmountMinor(), priceQuantity(line), line.getQuantity());
      if (lineTotal.isEmpty() || lineTotal.getAsLong() > Long.MAX_VALUE - total) {
        problems.add(field, "makes the total larger than an amount can be");
      } else {
        total += lineTotal.getAsLong();
      }
      lines.add(line(line, i + 1, shown, wanted, terms));
    }
    problems.throwIfAny();
    OrderRecord order =
        new OrderRecord(header(request, draft, now, total), 0, 0, 0, 0, lines, List.of());
    checkTogether(order, problems);
    problems.throwIfAny();
    return order;
  }

  /** One line may not be wanted after the day on which another that it leaves with is too late. */
  private static void checkTogether(OrderRecord order, FieldProblems problems) {
    Map<UUID, LocalDate> latest = AllocateRequests.latestDays(order);
    for (OrderLine line : order.lines()) {
      LocalDate last = latest.get(line.lineId());
      problems.check(
          last == null || line.wanted().filter(last::isBefore).isEmpty(),
          "lines[%d].wanted_date".formatted(line.number() - 1),
          "must not be after the last day of a line that it leaves together with");
    }
  }

  private OrderHeader header(
      PlaceOrderRequest request, RequestDraft draft, Instant now, long total) {
    String country = request.getDestination().getCountry();
    return new OrderHeader(
        ids.next(),
        draft.key().caller(),
        draft.key().requestId(),
        draft.fingerprint(),
        request.getReference(),
        request.getCustomerId(),
        request.getChannel(),
        request.getCustomerClass(),
        request.getPriority(),
        request.getCurrencyCode(),
        total,
        jurisdiction(request, country),
        request.getBuyerType() == BuyerType.BUYER_TYPE_BUSINESS ? "BUSINESS" : "CONSUMER",
        country,
        request.getShortageRule() == ShortageRule.SHORTAGE_RULE_REFUSE_UNITS
            ? "REFUSE_UNITS"
            : "REFUSE_ORDER",
        request.getCartId(),
        request.getPickUpLocation(),
        request.getSourcingPolicyValue() == 0 ? "" : request.getSourcingPolicy().name(),
        now,
        now,
        ShipRules.fromProto(request.getShipRule()));
  }

  private static ShipTerms shipTerms(
      PlaceOrderRequest request,
      PlaceOrderLine line,
      String field,
      Optional<LocalDate> wanted,
      FieldProblems problems) {
    problems.check(
        line.getShipGroup().isEmpty() || !request.getShipRule().hasComplete(),
        field + ".ship_group",
        "must be empty: the whole order leaves together");
    if (!line.hasLateness()) {
      return new ShipTerms(line.getShipGroup(), Optional.empty());
    }
    String due = field + ".lateness.due_date";
    Optional<Lateness> lateness =
        date(line.getLateness().getDueDate(), due, problems)
            .map(day -> new Lateness(day, line.getLateness().getMaxLateDays()));
    problems.check(
        lateness.filter(l -> l.latest().getYear() > LAST_WANTED_YEAR).isEmpty(),
        due,
        "must not make the last day later than 2199-12-31");
    problems.check(
        lateness.filter(l -> wanted.filter(l.latest()::isBefore).isPresent()).isEmpty(),
        field + ".lateness",
        "must not end before wanted_date");
    return new ShipTerms(line.getShipGroup(), lateness);
  }

  private OrderLine line(
      PlaceOrderLine line,
      int number,
      Optional<LocalDate> shown,
      Optional<LocalDate> wanted,
      ShipTerms terms) {
    return new OrderLine(
        ids.next(),
        number,
        line.getSku(),
        line.getPrice().getAmountMinor(),
        priceQuantity(line),
        shown,
        line.getWorsePromiseRule() == WorsePromiseRule.WORSE_PROMISE_RULE_ACCEPT,
        wanted,
        Quantities.undecided(line.getQuantity()),
        0,
        0,
        0,
        List.of(),
        terms,
        ShipProgress.NONE);
  }

  private static Jurisdiction jurisdiction(PlaceOrderRequest request, String country) {
    return switch (request.getJurisdiction()) {
      case JURISDICTION_US -> Jurisdiction.US;
      case JURISDICTION_EU -> Jurisdiction.EU;
      case JURISDICTION_UK -> Jurisdiction.UK;
      case JURISDICTION_UNSPECIFIED, UNRECOGNIZED -> Jurisdiction.ofDestination(country);
    };
  }

  private static long priceQuantity(PlaceOrderLine line) {
    return Math.max(1, line.getPrice().getPriceQuantity());
  }

  private static Optional<LocalDate> date(Date date, String field, FieldProblems problems) {
    try {
      boolean plausible = date.getYear() >= 1 && date.getYear() <= 9999;
      problems.check(plausible, field, "must have a year, month and day");
      return plausible ? Optional.of(OrderViews.date(date)) : Optional.empty();
    } catch (DateTimeException e) {
      problems.add(field, "is not a day of the calendar");
      return Optional.empty();
    }
  }
}
