package dev.backorder.order.place;

import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.ShipRules;
import dev.backorder.order.order.model.Jurisdiction;
import dev.backorder.order.order.model.LineTotals;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.shiprule.LineTerms;
import dev.backorder.order.v1.BuyerType;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.WorsePromiseRule;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import jakarta.enterprise.context.ApplicationScoped;
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
              ? LineTerms.date(line.getShownShipByDate(), field + ".shown_ship_by_date", problems)
              : Optional.empty();
      LineTerms terms =
          LineTerms.parse(
              new LineTerms.Asked(
                  line.hasWantedDate() ? Optional.of(line.getWantedDate()) : Optional.empty(),
                  line.getShipGroup(),
                  line.hasLateness() ? Optional.of(line.getLateness()) : Optional.empty()),
              ShipRules.fromProto(request.getShipRule()),
              field,
              problems);
      OptionalLong lineTotal =
          LineTotals.of(line.getPrice().getAmountMinor(), priceQuantity(line), line.getQuantity());
      if (lineTotal.isEmpty() || lineTotal.getAsLong() > Long.MAX_VALUE - total) {
        problems.add(field, "makes the total larger than an amount can be");
      } else {
        total += lineTotal.getAsLong();
      }
      lines.add(line(line, i + 1, shown, terms));
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
    Map<UUID, LocalDate> latest = LineTerms.latestDays(order.header().shipRule(), order.lines());
    for (OrderLine line : order.lines()) {
      problems.check(
          !LineTerms.isWantedTooLate(line, latest),
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

  private OrderLine line(
      PlaceOrderLine line, int number, Optional<LocalDate> shown, LineTerms terms) {
    return new OrderLine(
        ids.next(),
        number,
        line.getSku(),
        line.getPrice().getAmountMinor(),
        priceQuantity(line),
        shown,
        line.getWorsePromiseRule() == WorsePromiseRule.WORSE_PROMISE_RULE_ACCEPT,
        terms.wanted(),
        Quantities.undecided(line.getQuantity()),
        0,
        0,
        0,
        List.of(),
        terms.shipTerms(),
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
}
