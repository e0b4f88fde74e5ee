package dev.backorder.order.amend;

import dev.backorder.order.order.AddedLines;
import dev.backorder.order.order.LineUnits;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.shiprule.LineTerms;
import dev.backorder.order.v1.AddedOrderLine;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;

/** Makes undecided lines of what a request adds to an order. */
@ApplicationScoped
class NewLines {
  private static final int MOST_LINES = 2_000;

  private final AddedLines added;
  private final Ids ids;

  NewLines(AddedLines added, Ids ids) {
    this.added = added;
    this.ids = ids;
  }

  /**
   * Lines with numbers behind all others of the order.
   *
   * @param more additional units, by line
   * @throws DomainException INVALID naming every bad field; NOT_FOUND LINE_NOT_FOUND; PRECONDITION
   *     TOO_MANY_LINES
   */
  List<OrderLine> make(OrderChange change, ChangeOrderRequest request, Map<UUID, Long> more) {
    List<OrderLine> underWay =
        added.underWay(change.orderId()).stream().filter(l -> !change.has(l.lineId())).toList();
    int next =
        Stream.concat(change.lines().stream(), underWay.stream())
                .mapToInt(OrderLine::number)
                .max()
                .orElse(0)
            + 1;
    FieldProblems problems = new FieldProblems();
    List<OrderLine> lines = new ArrayList<>();
    for (Map.Entry<UUID, Long> units : more.entrySet()) {
      OrderLine line = change.line(units.getKey());
      lines.add(line.again(ids.next(), next + lines.size(), units.getValue()));
    }
    for (AddedOrderLine line : request.getNewLinesList()) {
      LineTerms terms = terms(change, line, lines.size() - more.size(), problems);
      lines.add(
          OrderLine.undecided(
              ids.next(),
              next + lines.size(),
              line.getSku(),
              line.getPrice().getAmountMinor(),
              Math.max(1, line.getPrice().getPriceQuantity()),
              terms.wanted(),
              line.getQuantity(),
              terms.shipTerms()));
    }
    checkMoney(change, request, more.size(), lines, underWay, problems);
    checkTogether(change, more.size(), lines, problems);
    problems.throwIfAny();
    refuseTooMany(change.lines().size() + underWay.size() + lines.size());
    return lines;
  }

  /** One currency, and a value that a number can hold, with all that others are adding now. */
  private static void checkMoney(
      OrderChange change,
      ChangeOrderRequest request,
      int again,
      List<OrderLine> lines,
      List<OrderLine> underWay,
      FieldProblems problems) {
    String currency = change.order().header().currencyCode();
    for (int i = 0; i < request.getNewLinesCount(); i++) {
      problems.check(
          request.getNewLines(i).getPrice().getCurrencyCode().equals(currency),
          "new_lines[%d].price.currency_code".formatted(i),
          "must be the order's currency, " + currency);
    }
    long total = change.order().header().totalMinor();
    for (OrderLine line : underWay) {
      total = Math.addExact(total, line.totalMinor().orElseThrow());
    }
    for (int i = 0; i < lines.size(); i++) {
      OptionalLong value = lines.get(i).totalMinor();
      if (value.isEmpty() || value.getAsLong() > Long.MAX_VALUE - total) {
        problems.add(
            i < again ? "more_units[%d]".formatted(i) : "new_lines[%d]".formatted(i - again),
            "makes the total larger than an amount can be");
      } else {
        total += value.getAsLong();
      }
    }
  }

  private static LineTerms terms(
      OrderChange change, AddedOrderLine line, int index, FieldProblems problems) {
    return LineTerms.parse(
        new LineTerms.Asked(
            line.hasWantedDate() ? Optional.of(line.getWantedDate()) : Optional.empty(),
            line.getShipGroup(),
            line.hasLateness() ? Optional.of(line.getLateness()) : Optional.empty()),
        change.order().header().shipRule(),
        "new_lines[%d]".formatted(index),
        problems);
  }

  /** One line may not be wanted after the day on which another that it leaves with is too late. */
  private void checkTogether(
      OrderChange change, int again, List<OrderLine> lines, FieldProblems problems) {
    Map<UUID, LocalDate> latest = latestDays(change, lines);
    for (int i = again; i < lines.size(); i++) {
      problems.check(
          !LineTerms.isWantedTooLate(lines.get(i), latest),
          "new_lines[%d].wanted_date".formatted(i - again),
          "must not be after the last day of a line that it leaves together with");
    }
  }

  /** The last day for which units may be promised, of those new lines that have one. */
  Map<UUID, LocalDate> latestDays(OrderChange change, List<OrderLine> lines) {
    List<OrderLine> all =
        Stream.of(change.lines(), added.underWay(change.orderId()), lines)
            .flatMap(List::stream)
            .toList();
    return LineTerms.latestDays(change.order().header().shipRule(), all);
  }

  private static void refuseTooMany(int lines) {
    if (lines > MOST_LINES) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_TOO_MANY_LINES,
          "The order would have more lines than an order may.",
          Map.of("lines", Integer.toString(lines), "limit", Integer.toString(MOST_LINES)));
    }
  }

  /** Units by line of a request, or every way in which they are wrong. */
  record Wanted(Map<UUID, Long> fewer, Map<UUID, Long> more) {
    static Wanted parse(ChangeOrderRequest request) {
      FieldProblems problems = new FieldProblems();
      Map<UUID, Long> fewer = LineUnits.parse(request.getFewerUnitsList(), "fewer_units", problems);
      Map<UUID, Long> more = LineUnits.parse(request.getMoreUnitsList(), "more_units", problems);
      for (int i = 0; i < request.getMoreUnitsCount(); i++) {
        problems.check(
            !fewer.containsKey(UUID.fromString(request.getMoreUnits(i).getLineId())),
            "more_units[%d].line_id".formatted(i),
            "names a line that gives units up");
      }
      boolean asksNothing =
          fewer.isEmpty() && more.isEmpty() && request.getNewLinesList().isEmpty();
      problems.check(!asksNothing, "fewer_units", "must be given, or more_units, or new_lines");
      problems.throwIfAny();
      return new Wanted(fewer, more);
    }
  }
}
