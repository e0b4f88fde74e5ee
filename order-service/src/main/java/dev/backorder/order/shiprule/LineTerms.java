package dev.backorder.order.shiprule;

import com.google.type.Date;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.order.model.ShipTerms;
import dev.backorder.order.order.model.ShipTerms.Lateness;
import dev.backorder.order.shiprule.model.ShipDecider;
import dev.backorder.platform.errors.FieldProblems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * When a line is wanted to leave, as a caller asks for it.
 *
 * @param wanted the first day on which it may leave; empty for at once
 */
public record LineTerms(Optional<LocalDate> wanted, ShipTerms shipTerms) {
  private static final int LAST_YEAR = 2199;

  /** The fields of a request that tell it, each empty when it was not given. */
  public record Asked(
      Optional<Date> wantedDate,
      String shipGroup,
      Optional<dev.backorder.order.v1.Lateness> lateness) {}

  /**
   * Reads the fields, and notes what is wrong with them.
   *
   * @param rule of the whole order
   * @param field path of the line in the request
   */
  public static LineTerms parse(Asked asked, ShipRule rule, String field, FieldProblems problems) {
    String wantedField = field + ".wanted_date";
    Optional<LocalDate> wanted =
        asked.wantedDate().flatMap(day -> date(day, wantedField, problems));
    problems.check(
        wanted.filter(day -> day.getYear() > LAST_YEAR).isEmpty(),
        wantedField,
        "must not be after 2199-12-31");
    problems.check(
        asked.shipGroup().isEmpty() || rule.kind() != ShipRule.Kind.COMPLETE,
        field + ".ship_group",
        "must be empty: the whole order leaves together");
    String due = field + ".lateness.due_date";
    Optional<Lateness> lateness =
        asked
            .lateness()
            .flatMap(
                l ->
                    date(l.getDueDate(), due, problems)
                        .map(d -> new Lateness(d, l.getMaxLateDays())));
    problems.check(
        lateness.filter(l -> l.latest().getYear() > LAST_YEAR).isEmpty(),
        due,
        "must not make the last day later than 2199-12-31");
    problems.check(
        lateness.filter(l -> wanted.filter(l.latest()::isBefore).isPresent()).isEmpty(),
        field + ".lateness",
        "must not end before wanted_date");
    return new LineTerms(wanted, new ShipTerms(asked.shipGroup(), lateness));
  }

  /** A day of a request; empty, and noted, when it is none. */
  public static Optional<LocalDate> date(Date date, String field, FieldProblems problems) {
    try {
      boolean plausible = date.getYear() >= 1 && date.getYear() <= 9999;
      problems.check(plausible, field, "must have a year, month and day");
      return plausible ? Optional.of(OrderViews.date(date)) : Optional.empty();
    } catch (DateTimeException e) {
      problems.add(field, "is not a day of the calendar");
      return Optional.empty();
    }
  }

  /**
   * The last day for which units may be promised, for each line that has one: lines that leave
   * together may be late only as much as the strictest of them.
   */
  public static Map<UUID, LocalDate> latestDays(ShipRule rule, List<OrderLine> lines) {
    if (lines.stream().allMatch(line -> line.shipTerms().lateness().isEmpty())) {
      return Map.of();
    }
    Map<UUID, ShipTerms> terms = new LinkedHashMap<>();
    lines.forEach(line -> terms.put(line.lineId(), line.shipTerms()));
    return ShipDecider.latestDays(rule, terms);
  }

  /** True when a line is wanted only after the last day of one that it leaves together with. */
  public static boolean isWantedTooLate(OrderLine line, Map<UUID, LocalDate> latestDays) {
    LocalDate last = latestDays.get(line.lineId());
    return last != null && line.wanted().filter(last::isBefore).isPresent();
  }
}
