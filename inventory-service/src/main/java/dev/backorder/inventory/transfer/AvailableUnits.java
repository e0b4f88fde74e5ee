package dev.backorder.inventory.transfer;

import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.allocation.model.Shelf;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.Promising;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may leave a location without anybody losing what he has, or what is kept for him: the number
 * that an ordinary buyer sees.
 */
final class AvailableUnits {
  private AvailableUnits() {}

  /**
   * Units of an item that are available at a location.
   *
   * @param rows all balances of the item
   * @param active dates at the active locations, in the order in which they are asked
   */
  static long at(
      String location,
      ItemPolicy item,
      Map<StockKey, StockRow> rows,
      List<Promising> active,
      RingFences fences) {
    List<Shelf> shelves = new ArrayList<>();
    Optional<Shelf> wanted = Optional.empty();
    for (Promising promising : active) {
      StockKey key = new StockKey(item.sku(), promising.location().code());
      StockRow row = rows.getOrDefault(key, StockRow.empty(key));
      Shelf shelf = new Shelf(promising, row.free(), row.eagerWaiting(), List.of());
      shelves.add(shelf);
      wanted = key.location().equals(location) ? Optional.of(shelf) : wanted;
    }
    ItemBook book = new ItemBook(shelves, 0, Map.of(), 0, fences, 0);
    return wanted
        .map(shelf -> book.kept(item.protectedQuantity()).available(shelf, Segment.ORDINARY))
        .orElse(0L);
  }
}
