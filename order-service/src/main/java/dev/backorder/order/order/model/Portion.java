package dev.backorder.order.order.model;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * Units of a line that share one fate: where they are, whether they are on hand, and when they
 * leave.
 *
 * @param quantity units, at least one
 * @param location code of the location that serves them
 * @param terms what is promised: the day on which they will really leave, with the others that they
 *     wait for
 * @param own what inventory-service promises for them alone; the same as {@code terms} unless a
 *     ship rule lets them wait for others
 */
public record Portion(
    long quantity, String location, Fate fate, PromiseTerms terms, PromiseTerms own) {
  /** Why units leave later than they could alone. */
  public static final String SHIP_RULE = "SHIP_RULE";

  /** Whether units of a portion are there. */
  public enum Fate {
    RESERVED,
    WAITING
  }

  /** Units that wait for no others. */
  public Portion(long quantity, String location, Fate fate, PromiseTerms terms) {
    this(quantity, location, fate, terms, terms);
  }

  /** True when the units are on hand. */
  public boolean isReserved() {
    return fate == Fate.RESERVED;
  }

  /** The day on which they could leave alone. */
  public LocalDate ownDay() {
    return own.shipByDate();
  }

  /** The same units leaving on a day, with others; they travel as long as they would alone. */
  public Portion leavingOn(LocalDate day) {
    if (day.equals(ownDay())) {
      return new Portion(quantity, location, fate, own);
    }
    long later = ChronoUnit.DAYS.between(ownDay(), day);
    PromiseTerms together =
        new PromiseTerms(
            day,
            own.deliverByDate().map(arrival -> arrival.plusDays(later)),
            own.percentile(),
            own.basis(),
            SHIP_RULE,
            own.supplyId());
    return new Portion(quantity, location, fate, together, own);
  }

  /** The same units, leaving when they could alone. */
  public Portion alone() {
    return new Portion(quantity, location, fate, own);
  }
}
