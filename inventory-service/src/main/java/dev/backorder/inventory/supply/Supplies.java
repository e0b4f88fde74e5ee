package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyKind;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.queue.SupplySchedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What is coming. */
@ApplicationScoped
public class Supplies {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final SupplySchedule schedule;
  private final Books books;
  private final Clock clock;

  Supplies(
      StockBook stock, SupplyBook supplies, SupplySchedule schedule, Books books, Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.schedule = schedule;
    this.books = books;
    this.clock = clock;
  }

  /**
   * Applies what purchase orders say, in the caller's transaction: creates, redates, resizes,
   * closes and cancels supplies, and re-promises exactly the lines that they feed or now can feed.
   *
   * @param updates each supply once; one that is not newer than what is known is ignored
   * @return how many supplies changed
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public int apply(Collection<SupplyUpdate> updates) {
    // In the order of the purchase order: it breaks ties, and ids are random.
    Map<String, SupplyUpdate> byId = new LinkedHashMap<>();
    updates.forEach(update -> byId.put(update.supplyId(), update));
    // A fact repeats all lines of its purchase order, of which most are as they were: those are not
    // even locked.
    Map<String, SupplyRow> seen = known(byId.keySet());
    byId.values().removeIf(update -> !isNews(seen.get(update.supplyId()), update));
    if (byId.isEmpty()) {
      return 0;
    }
    TreeSet<StockKey> keys = new TreeSet<>();
    byId.values().forEach(update -> keys.add(new StockKey(update.sku(), update.location())));
    byId.keySet().stream()
        .filter(seen::containsKey)
        .forEach(supplyId -> keys.add(seen.get(supplyId).key()));
    Changes changes = new Changes(clock.instant(), stock.lock(keys));

    // Read again under the lock.
    Map<String, SupplyRow> known = known(byId.keySet());
    Map<String, SupplyRow> changed = new LinkedHashMap<>();
    byId.forEach(
        (id, update) -> {
          SupplyRow before = known.get(id);
          if (isNews(before, update)) {
            changed.put(id, before == null ? create(update) : follow(before, update));
          }
        });
    if (changed.isEmpty()) {
      return 0;
    }
    schedule.replace(changes, known, changed.values());
    books.close(changes);
    return changed.size();
  }

  private Map<String, SupplyRow> known(Set<String> supplyIds) {
    Map<String, SupplyRow> known = new HashMap<>();
    supplies.findAll(supplyIds).forEach(row -> known.put(row.supplyId(), row));
    return known;
  }

  /** Newer than what is known, and different from it in more than the version. */
  private static boolean isNews(SupplyRow before, SupplyUpdate update) {
    return before == null
        || (before.sourceVersion() < update.sourceVersion()
            && !follow(before, update).equals(before.withSourceVersion(update.sourceVersion())));
  }

  private static SupplyRow create(SupplyUpdate update) {
    return new SupplyRow(
        update.supplyId(),
        SupplyKind.PURCHASE,
        update.purchaseOrderId(),
        update.supplier(),
        new StockKey(update.sku(), update.location()),
        update.expectedQuantity(),
        0,
        0,
        update.expectedDate(),
        update.expectedDate(),
        false,
        update.state(),
        update.overReceiptTolerance(),
        update.sourceVersion());
  }

  /**
   * What was received is known here first; a purchase order that has not heard of it opens nothing
   * again.
   */
  private static SupplyRow follow(SupplyRow before, SupplyUpdate update) {
    boolean redated = !before.expectedDate().equals(update.expectedDate());
    boolean complete = update.state().isOpen() && before.received() >= update.expectedQuantity();
    return new SupplyRow(
        before.supplyId(),
        before.kind(),
        before.sourceId(),
        before.supplier(),
        before.key(),
        update.expectedQuantity(),
        before.received(),
        before.pegged(),
        update.expectedDate(),
        redated ? update.expectedDate() : before.effectiveDate(),
        !redated && before.overdue(),
        complete ? SupplyState.CLOSED : update.state(),
        update.overReceiptTolerance(),
        update.sourceVersion());
  }
}
