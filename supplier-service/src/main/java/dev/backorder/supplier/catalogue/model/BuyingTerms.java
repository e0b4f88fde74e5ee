package dev.backorder.supplier.catalogue.model;

/**
 * How many units of an item a supplier lets us order.
 *
 * @param minimum fewest units of a line, at least 1
 * @param multiple units come in multiples of this, at least 1
 */
public record BuyingTerms(long minimum, long multiple) {
  /** Most units of one line of a purchase order. */
  public static final long MOST_UNITS = 1_000_000_000L;

  /** Refuses what no quantity could meet. */
  public BuyingTerms {
    if (minimum < 1 || multiple < 1 || roundedUp(minimum, multiple) > MOST_UNITS) {
      throw new IllegalArgumentException(
          "No quantity meets minimum " + minimum + " and multiple " + multiple);
    }
  }

  /** Tells whether some quantity up to the limit meets both. */
  public static boolean canBeMet(long minimum, long multiple) {
    return minimum >= 1 && multiple >= 1 && roundedUp(minimum, multiple) <= MOST_UNITS;
  }

  /**
   * The least quantity that is enough and that the supplier sells; when that is over the limit, the
   * largest one that is not.
   *
   * @param wanted units wanted, at least 1
   */
  public long orderQuantity(long wanted) {
    long enough = roundedUp(Math.max(wanted, minimum), multiple);
    return enough <= MOST_UNITS ? enough : MOST_UNITS / multiple * multiple;
  }

  private static long roundedUp(long quantity, long multiple) {
    long over = quantity % multiple;
    return over == 0 ? quantity : Math.addExact(quantity, multiple - over);
  }
}
