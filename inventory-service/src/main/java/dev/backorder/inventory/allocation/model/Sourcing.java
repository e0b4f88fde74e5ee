package dev.backorder.inventory.allocation.model;

import java.util.List;
import java.util.Map;

/** Which locations serve a whole order, and in which sequence they are asked (AL4). */
public interface Sourcing {

  /**
   * What a location can give from its shelves now.
   *
   * @param location its code
   * @param available units by sku
   */
  record Offer(String location, Map<String, Long> available) {

    /** Copies the map. */
    public Offer {
      available = Map.copyOf(available);
    }

    /** Units of an item. */
    public long of(String sku) {
      return available.getOrDefault(sku, 0L);
    }
  }

  /**
   * Chooses locations for an order.
   *
   * @param wanted units by sku, of all lines together
   * @param offers of the active locations, those of better priority first
   * @return codes in the sequence in which their shelves are asked; one that is missing serves
   *     nothing, now or later
   */
  List<String> choose(Map<String, Long> wanted, List<Offer> offers);

  /** Whether the order needs to be looked at as a whole; otherwise all are asked by priority. */
  default boolean isByPriority() {
    return false;
  }
}
