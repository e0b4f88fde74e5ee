package dev.backorder.order.shipment.model;

/**
 * Why a shipment did not leave, or not whole, as the warehouse says.
 *
 * @param note in its own words; may be empty
 */
public record Problem(Kind kind, String note) {
  /** Nothing is wrong. */
  public static final Problem NONE = new Problem(Kind.NONE, "");

  /** What is wrong. */
  public enum Kind {
    NONE,
    MISSING,
    DAMAGED,
    NO_CAPACITY,
    OTHER;

    /** True when the same units cannot simply be picked again. */
    public boolean isWithheld() {
      return switch (this) {
        case MISSING, DAMAGED -> true;
        case NONE, NO_CAPACITY, OTHER -> false;
      };
    }
  }
}
