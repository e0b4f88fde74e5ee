package dev.backorder.inventory.promise.model;

import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import java.time.LocalDate;
import java.util.Optional;

/** The date of units that are neither on a shelf nor coming. */
public final class StillToBuy {
  private StillToBuy() {}

  /**
   * The date, if one can be told: of a preorder its release, else today and the item's lead time. A
   * replenishment policy without a lead time tells no date, so it does not help.
   */
  public static Optional<Promise> promise(SalesPolicy sales, Promising promising, Terms terms) {
    Optional<LocalDate> release = unreleased(sales, promising.today());
    if (release.isPresent()) {
      return release.map(day -> promising.fromRelease(day, terms));
    }
    if (sales.leadTimeDays() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        sales.mode() == SalesMode.MADE_TO_ORDER
            ? promising.madeToOrder(sales.leadTimeDays(), terms)
            : promising.fromPurchase(sales.leadTimeDays(), terms));
  }

  /** The release date of an item that is not released yet; empty for every other. */
  public static Optional<LocalDate> unreleased(SalesPolicy sales, LocalDate today) {
    return sales.mode() == SalesMode.PREORDER
        ? sales.releaseDate().filter(day -> day.isAfter(today))
        : Optional.empty();
  }
}
