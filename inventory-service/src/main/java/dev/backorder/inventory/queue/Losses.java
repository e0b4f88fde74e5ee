package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Units are gone, whoever they were for (AL8). Free ones go first and nobody hears of it. Then
 * carts lose, because nobody was told anything; then planned transfers; then what was set aside for
 * the queue; and reservations last.
 */
@ApplicationScoped
public class Losses {
  private final HeldUnits heldUnits;
  private final OutgoingUnits outgoingUnits;
  private final Queues queues;

  Losses(HeldUnits heldUnits, OutgoingUnits outgoingUnits, Queues queues) {
    this.heldUnits = heldUnits;
    this.outgoingUnits = outgoingUnits;
    this.queues = queues;
  }

  /**
   * The stock rows to lock when units at these may be gone: lines at the destinations of planned
   * transfers may lose too.
   */
  public Set<StockKey> toLock(Collection<StockKey> keys) {
    Set<StockKey> all = new TreeSet<>(keys);
    all.addAll(outgoingUnits.destinations(keys));
    return all;
  }

  /**
   * Takes from somebody what is missing at stock rows, already taken off what is on hand.
   *
   * @return the stock rows whose queue has to be settled
   */
  public Set<StockKey> take(Changes changes, Collection<StockKey> keys) {
    missing(changes, keys).forEach((key, units) -> heldUnits.lose(changes, key, units));
    outgoingUnits.lose(changes, missing(changes, keys));
    SortedMap<StockKey, Long> rest = missing(changes, keys);
    Map<String, List<String>> skus =
        rest.keySet().stream()
            .collect(
                Collectors.groupingBy(
                    StockKey::location,
                    TreeMap::new,
                    Collectors.mapping(StockKey::sku, Collectors.toList())));
    skus.forEach((location, some) -> queues.shrink(changes, location, some));
    return rest.keySet();
  }

  private static SortedMap<StockKey, Long> missing(Changes changes, Collection<StockKey> keys) {
    SortedMap<StockKey, Long> missing = new TreeMap<>();
    for (StockKey key : keys) {
      long free = changes.row(key).free();
      if (free < 0) {
        missing.put(key, -free);
      }
    }
    return missing;
  }
}
