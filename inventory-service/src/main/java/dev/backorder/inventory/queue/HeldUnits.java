package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** What becomes of units that carts held: they serve the queue (AL2, AL5). */
@ApplicationScoped
public class HeldUnits {
  private static final int HOLDS_PER_READ = 500;

  private final HoldBook holds;
  private final FencedUnits fencedUnits;
  private final Queues queues;

  HeldUnits(HoldBook holds, FencedUnits fencedUnits, Queues queues) {
    this.holds = holds;
    this.fencedUnits = fencedUnits;
    this.queues = queues;
  }

  /**
   * Ends the holds whose time has passed, of the stock rows that this transaction has locked. First
   * of all that it does: what is free, and who is served, depends on it.
   */
  public void endExpired(Changes changes) {
    List<StockKey> held =
        changes.locked().values().stream()
            .filter(row -> row.held() > 0 || row.heldPlaces() > 0)
            .map(StockRow::key)
            .toList();
    // Most items are held by nobody: they cost no statement.
    if (!held.isEmpty()) {
      end(changes, holds.takeExpired(held, changes.now()));
    }
  }

  /**
   * Takes what holds had off the balances; freed units serve the queue. Their rows are gone
   * already.
   */
  public void end(Changes changes, Map<StockKey, StockDelta> ended) {
    fencedUnits.forget(changes, ended.keySet());
    ended.forEach(
        (key, delta) -> {
          changes.add(key, delta);
          free(changes, key, -delta.held());
        });
  }

  /** Units that a hold has just given up serve the queue. */
  public void free(Changes changes, StockKey key, long units) {
    if (units > 0 && queues.serve(changes, key, units, "") > 0) {
      queues.settle(changes, key);
    }
  }

  /**
   * Units are gone (AL8): carts lose before orders do, those whose holds end last first.
   *
   * @param units how many are wanted; fewer are taken when carts hold fewer
   */
  public void lose(Changes changes, StockKey key, long units) {
    long remaining = Math.min(units, changes.row(key).held());
    while (remaining > 0) {
      List<HoldUnits> last = holds.lastOnShelf(key, (int) Math.min(remaining, HOLDS_PER_READ));
      for (HoldUnits hold : last) {
        long lost = Math.min(remaining, hold.onShelf());
        if (lost > 0) {
          holds.take(hold, lost);
          changes.add(key, StockDelta.held(-lost, 0));
          fencedUnits.forget(changes, List.of(key));
          remaining -= lost;
        }
      }
    }
  }
}
