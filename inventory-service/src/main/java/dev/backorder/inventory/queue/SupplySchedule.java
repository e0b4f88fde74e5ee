package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;

/** What is coming changes, in a transaction that has locked the stock rows of the supplies. */
@ApplicationScoped
public class SupplySchedule {
  private final SupplyBook supplies;
  private final Pegs pegs;
  private final Queues queues;

  SupplySchedule(SupplyBook supplies, Pegs pegs, Queues queues) {
    this.supplies = supplies;
    this.pegs = pegs;
    this.queues = queues;
  }

  /**
   * Makes, redates, resizes and ends supplies, and re-promises exactly the lines that they feed or
   * now can feed.
   *
   * @param known what they were, by id, read under the lock; those that are new are missing
   * @param changed what they are now
   */
  public void replace(
      Changes changes, Map<String, SupplyRow> known, Collection<SupplyRow> changed) {
    supplies.save(changed);
    changed.forEach(after -> account(changes, known.get(after.supplyId()), after));
    changed.stream().map(SupplyRow::key).distinct().forEach(key -> queues.settle(changes, key));
  }

  private void account(Changes changes, SupplyRow before, SupplyRow after) {
    StockDelta had = before == null ? StockDelta.NONE : before.coming();
    StockDelta has = after.coming();
    changes.add(
        after.key(),
        StockDelta.coming(has.inbound() - had.inbound(), has.planned() - had.planned()));
    boolean moved =
        before != null
            && (!before.effectiveDate().equals(after.effectiveDate())
                || before.overdue() != after.overdue());
    if (moved && before.pegged() > 0) {
      pegs.followDate(changes, after, ChangeCause.SUPPLY_CHANGED);
    }
  }
}
