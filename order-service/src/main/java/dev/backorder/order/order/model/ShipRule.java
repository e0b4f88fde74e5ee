package dev.backorder.order.order.model;

/**
 * When units of an order may leave that are there while others wait.
 *
 * @param minimumQuantity with MINIMUM, units of a line that leave together at least; else 0
 * @param windowDays with CONSOLIDATED, days for which what is there waits; else 0
 */
public record ShipRule(Kind kind, long minimumQuantity, int windowDays) {
  /** Each unit leaves when it is there. */
  public static final ShipRule AS_AVAILABLE = new ShipRule(Kind.AS_AVAILABLE, 0, 0);

  /** Nothing leaves before everything is there. */
  public static final ShipRule COMPLETE = new ShipRule(Kind.COMPLETE, 0, 0);

  /** Which rule. */
  public enum Kind {
    AS_AVAILABLE,
    COMPLETE,
    MINIMUM,
    CONSOLIDATED
  }

  /** Lines leave in lots of so many units at least. */
  public static ShipRule minimum(long units) {
    return new ShipRule(Kind.MINIMUM, units, 0);
  }

  /** What is there waits so many days for what comes soon. */
  public static ShipRule consolidated(int days) {
    return new ShipRule(Kind.CONSOLIDATED, 0, days);
  }
}
