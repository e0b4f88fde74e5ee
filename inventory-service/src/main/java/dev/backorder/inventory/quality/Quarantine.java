package dev.backorder.inventory.quality;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyKind;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.platform.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Puts units into quality hold, in a transaction that has locked their stock row. The caller posts
 * to the ledger where they came from, and settles the queue.
 */
@ApplicationScoped
public class Quarantine {
  private final QualityHoldBook holds;
  private final SupplyBook supplies;
  private final Ids ids;

  Quarantine(QualityHoldBook holds, SupplyBook supplies, Ids ids) {
    this.holds = holds;
    this.supplies = supplies;
    this.ids = ids;
  }

  /**
   * Units to be held.
   *
   * @param reference the supply or the order that they came from; empty when from the shelf
   * @param supplier code of the supplier; empty when not known
   * @param expectedDate day that counts as their arrival; empty when nobody shall count on them
   */
  public record Suspects(
      StockKey key,
      long quantity,
      String reason,
      String actor,
      String reference,
      String supplier,
      Optional<LocalDate> expectedDate) {}

  /** Holds units; returns the id of the hold. */
  public String hold(Changes changes, Suspects suspects) {
    return add(changes, suspects).id();
  }

  /** Holds units on which somebody counts; returns the supply that they are. */
  public SupplyRow holdAsSupply(Changes changes, Suspects suspects) {
    return supply(add(changes, suspects), suspects.supplier());
  }

  QualityHoldRow add(Changes changes, Suspects suspects) {
    QualityHoldRow hold =
        new QualityHoldRow(
            ids.next().toString(),
            suspects.key(),
            suspects.quantity(),
            0,
            0,
            suspects.reason(),
            suspects.actor(),
            suspects.reference(),
            suspects.expectedDate(),
            changes.now());
    holds.insert(hold);
    changes.add(hold.key(), StockDelta.quarantined(hold.held()));
    if (hold.expectedDate().isPresent()) {
      SupplyRow supply = supply(hold, suspects.supplier());
      supplies.save(List.of(supply));
      changes.add(hold.key(), supply.coming());
    }
    return hold;
  }

  private static SupplyRow supply(QualityHoldRow hold, String supplier) {
    LocalDate day = hold.expectedDate().orElseThrow();
    return new SupplyRow(
        hold.id(),
        SupplyKind.QUALITY_HOLD,
        hold.id(),
        supplier,
        hold.key(),
        hold.quantity(),
        0,
        0,
        day,
        day,
        false,
        SupplyState.CONFIRMED,
        0,
        1);
  }
}
