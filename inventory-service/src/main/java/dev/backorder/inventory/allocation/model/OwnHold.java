package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.keeping.model.Segment;
import java.util.List;

/**
 * What the asking cart holds: it never stands in the cart's own way (AL2).
 *
 * @param buyer on which channel it was held, and for which class of customers
 * @param units by item and location
 */
public record OwnHold(Segment buyer, List<Units> units) {

  /** Somebody without a cart, or whose cart holds nothing. */
  public static final OwnHold NONE = new OwnHold(Segment.ORDINARY, List.of());

  /**
   * Of one item at one location.
   *
   * @param onShelf units on the shelf
   * @param places places in the queue, within the limit
   */
  public record Units(String sku, String location, long onShelf, long places) {}

  /** Copies the list. */
  public OwnHold {
    units = List.copyOf(units);
  }

  /** Holds nothing. */
  public boolean isEmpty() {
    return units.isEmpty();
  }
}
