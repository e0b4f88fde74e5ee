package dev.backorder.inventory.promise.model;

import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import java.time.LocalDate;
import java.util.Optional;

/** The date of units that are neither on a shelf nor coming. */
public final class StillToBuy {
  private StillToBuy() {}

  /**
   * The date, if one can be told: of a preorder its release, else today and the lead time of the
   * supplier, or of the item when no supplier is known. An item without a lead time is one of which
   * no date is told, whatever its supplier takes. What is made to order takes the time of making.
   *
   * @param offer of the supplier that it would be bought from, when one is known
   */
  public static Optional<Promise> promise(
      SalesPolicy sales, Promising promising, Optional<SupplierOffer> offer, Terms terms) {
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
            : promising.fromPurchase(sales.leadTimeDays(), offer, terms));
  }

  /** The release date of an item that is not released yet; empty for every other. */
  public static Optional<LocalDate> unreleased(SalesPolicy sales, LocalDate today) {
    return sales.mode() == SalesMode.PREORDER
        ? sales.releaseDate().filter(day -> day.isAfter(today))
        : Optional.empty();
  }
}
