package dev.backorder.inventory.stock;

import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.allocation.model.KeptUnits;
import dev.backorder.inventory.allocation.model.Shelf;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.Promising;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Units on a shelf that belong to nobody: the same numbers that an allocation works with, so that
 * they cannot disagree (AV7).
 *
 * @param available to an ordinary buyer
 * @param fenced kept for members of ring fences
 */
public record OnShelf(long available, long fenced) {
  /** Nothing. */
  public static final OnShelf NOTHING = new OnShelf(0, 0);

  /**
   * Those of an item, at every active location.
   *
   * @param rows balances of the item, at all locations
   * @param policy how it is sold; empty for what is no item any more
   * @param active dates at the active locations, in the order in which they are asked
   */
  public static Map<StockKey, OnShelf> of(
      String sku,
      Map<StockKey, StockRow> rows,
      Optional<ItemPolicy> policy,
      List<Promising> active,
      RingFences fences) {
    Map<StockKey, Shelf> shelves = new LinkedHashMap<>();
    for (Promising promising : active) {
      StockKey key = new StockKey(sku, promising.location().code());
      StockRow row = rows.getOrDefault(key, StockRow.empty(key));
      shelves.put(key, new Shelf(promising, row.free(), row.eagerWaiting(), List.of()));
    }
    KeptUnits kept =
        new ItemBook(List.copyOf(shelves.values()), 0, Map.of(), 0, fences, 0)
            .kept(policy.map(ItemPolicy::protectedQuantity).orElse(0L));
    Map<StockKey, OnShelf> onShelf = new HashMap<>();
    shelves.forEach(
        (key, shelf) ->
            onShelf.put(
                key, new OnShelf(kept.available(shelf, Segment.ORDINARY), kept.fenced(shelf))));
    return onShelf;
  }
}
