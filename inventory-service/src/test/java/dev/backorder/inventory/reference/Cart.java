package dev.backorder.inventory.reference;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a cart holds until a time (AL2).
 *
 * @param onShelf units on the shelf
 * @param queued places in the queue
 */
record Cart(
    String id, String channel, Instant expiry, Map<Place, Long> onShelf, Map<Place, Long> queued) {

  static final Comparator<Place> BY_PLACE =
      Comparator.comparing(Place::sku).thenComparing(Place::site);

  static Cart empty(String id, String channel, Instant expiry) {
    return new Cart(id, channel, expiry, new TreeMap<>(BY_PLACE), new TreeMap<>(BY_PLACE));
  }

  Cart copy() {
    Cart copy = empty(id, channel, expiry);
    copy.onShelf().putAll(onShelf);
    copy.queued().putAll(queued);
    return copy;
  }
}
