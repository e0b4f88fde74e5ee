package dev.backorder.inventory.item.model;

/**
 * How many units of an item may wait.
 *
 * @param kind what limits them
 * @param quantity the most units that may wait; only for {@link Kind#FIXED}
 * @param reliabilityReservePercent share of the coming units that is not sold; only for {@link
 *     Kind#INBOUND}
 */
public record BackorderLimit(Kind kind, long quantity, int reliabilityReservePercent) {

  /** Any number may wait. */
  public static final BackorderLimit NONE = new BackorderLimit(Kind.NONE, 0, 0);

  /** What limits the units that wait. */
  public enum Kind {
    /** Nothing. */
    NONE,
    /** A fixed quantity. */
    FIXED,
    /** What is really coming: confirmed supply less what waits, less a reserve. */
    INBOUND
  }

  /** Checks that the numbers are possible. */
  public BackorderLimit {
    if (quantity < 0 || reliabilityReservePercent < 0 || reliabilityReservePercent > 100) {
      throw new IllegalArgumentException("impossible backorder limit");
    }
  }
}
