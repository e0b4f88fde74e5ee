package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Coming;
import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.allocation.model.Shelf;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.supplierterms.KnownSuppliers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts balances and supplies together for the decision: the same for a quote and an allocation. */
public final class ItemBooks {
  private ItemBooks() {}

  /**
   * What can be had of these items.
   *
   * @param channels units that wait, by item and channel, of the channels that ask
   * @param active dates at the active locations, in the order in which they are asked
   * @param fences what is kept for whom, by item; one that is missing has none
   * @param suppliers of the supplies and of the items
   */
  public static Map<String, ItemBook> of(
      Collection<String> skus,
      Map<StockKey, StockRow> rows,
      Collection<SupplyRow> supplies,
      Map<String, Map<String, Long>> channels,
      List<Promising> active,
      Map<String, RingFences> fences,
      KnownSuppliers suppliers) {
    Set<String> activeCodes =
        active.stream().map(p -> p.location().code()).collect(Collectors.toSet());
    Map<StockKey, List<SupplyRow>> coming =
        supplies.stream().collect(Collectors.groupingBy(SupplyRow::key));
    Map<String, Long> waiting = new HashMap<>();
    Map<String, Long> version = new HashMap<>();
    rows.forEach(
        (key, row) -> {
          waiting.merge(key.sku(), Math.addExact(row.waiting(), row.heldPlaces()), Math::addExact);
          version.merge(key.sku(), row.version(), Math::addExact);
        });
    Map<String, Long> inbound = new HashMap<>();
    supplies.stream()
        .filter(ItemBooks::isConfirmed)
        .filter(s -> activeCodes.contains(s.key().location()))
        .forEach(s -> inbound.merge(s.key().sku(), s.open(), Math::addExact));
    Map<String, ItemBook> books = new HashMap<>();
    for (String sku : skus) {
      List<Shelf> shelves = new ArrayList<>();
      for (Promising promising : active) {
        StockKey key = new StockKey(sku, promising.location().code());
        shelves.add(
            shelf(promising, rows.get(key), coming.getOrDefault(key, List.of()), suppliers));
      }
      books.put(
          sku,
          new ItemBook(
              shelves,
              waiting.getOrDefault(sku, 0L),
              channels.getOrDefault(sku, Map.of()),
              inbound.getOrDefault(sku, 0L),
              fences.getOrDefault(sku, RingFences.none()).copy(),
              version.getOrDefault(sku, 0L),
              suppliers.offer(sku)));
    }
    return books;
  }

  private static boolean isConfirmed(SupplyRow supply) {
    return supply.state() == SupplyState.CONFIRMED && !supply.overdue();
  }

  private static Shelf shelf(
      Promising promising, StockRow row, List<SupplyRow> supplies, KnownSuppliers suppliers) {
    List<Coming> coming =
        supplies.stream()
            .filter(s -> s.free() > 0)
            .map(s -> new Coming(s.supplyId(), suppliers.arrival(s), isConfirmed(s), s.free()))
            .toList();
    return row == null
        ? new Shelf(promising, 0, 0, coming)
        : new Shelf(promising, row.free(), row.eagerWaiting(), coming);
  }
}
