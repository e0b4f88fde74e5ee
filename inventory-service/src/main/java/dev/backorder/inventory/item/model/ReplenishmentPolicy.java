package dev.backorder.inventory.item.model;

/**
 * When and how much to buy of an item.
 *
 * @param method how the quantity is found
 * @param minQuantity buy when the position is at or below this: the reorder point
 * @param maxQuantity buy up to this position
 */
public record ReplenishmentPolicy(Method method, long minQuantity, long maxQuantity) {

  /** Nothing is bought. */
  public static final ReplenishmentPolicy NONE = new ReplenishmentPolicy(Method.NONE, 0, 0);

  /** How the quantity to buy is found. */
  public enum Method {
    /** Nothing is bought. */
    NONE,
    /** Fixed minimum and maximum. */
    MIN_MAX
  }

  /** Checks that the minimum is not above the maximum. */
  public ReplenishmentPolicy {
    if (minQuantity < 0 || maxQuantity < minQuantity) {
      throw new IllegalArgumentException("minimum above maximum");
    }
  }
}
