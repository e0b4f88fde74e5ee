package dev.backorder.inventory.supplierterms;

import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.promise.model.Arrival;
import dev.backorder.inventory.promise.model.Quantiles;
import dev.backorder.inventory.promise.model.SupplierOffer;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the suppliers that one batch of decisions is about. What was measured of an item
 * counts when it is enough, else what was measured over all items of the supplier when that is.
 */
public final class KnownSuppliers {
  private static final Comparator<SupplierItemTermsRow> PREFERENCE =
      Comparator.comparingInt(SupplierItemTermsRow::priority)
          .thenComparing(SupplierItemTermsRow::supplier);

  private static final int MINUTES_A_DAY = 24 * 60;

  private final Map<String, SupplierTermsRow> suppliers;
  private final Map<Offered, SupplierItemTermsRow> items = new HashMap<>();
  private final Map<String, SupplierItemTermsRow> preferred = new HashMap<>();
  private final int enough;
  private final int usualPercentile;

  private record Offered(String supplier, String sku) {}

  /**
   * Puts it together.
   *
   * @param suppliers by code
   * @param enough lines from which on a measurement counts
   * @param usualPercentile the one by which supplies are compared, whoever asks
   */
  KnownSuppliers(
      Map<String, SupplierTermsRow> suppliers,
      Collection<SupplierItemTermsRow> items,
      int enough,
      int usualPercentile) {
    this.suppliers = Map.copyOf(suppliers);
    this.enough = enough;
    this.usualPercentile = usualPercentile;
    for (SupplierItemTermsRow item : items) {
      this.items.put(new Offered(item.supplier(), item.sku()), item);
      SupplierTermsRow supplier = suppliers.get(item.supplier());
      if (supplier != null && supplier.active()) {
        preferred.merge(item.sku(), item, (a, b) -> PREFERENCE.compare(a, b) <= 0 ? a : b);
      }
    }
  }

  /** Nothing is known. */
  public static KnownSuppliers none() {
    return new KnownSuppliers(Map.of(), List.of(), 1, 1);
  }

  /** Whether a supplier sends it: units in quality hold are here already. */
  static boolean isFromSupplier(SupplyRow supply) {
    return !supply.isQualityHold() && !supply.supplier().isEmpty();
  }

  /** When a supply comes. */
  public Arrival arrival(SupplyRow supply) {
    return new Arrival(
        supply.expectedDate(),
        supply.effectiveDate(),
        supply.overdue(),
        isFromSupplier(supply) ? lateness(supply.supplier(), supply.key().sku()) : Quantiles.NONE);
  }

  /** The day by which supplies are compared: the same for all who wait, on whatever channel. */
  public LocalDate day(SupplyRow supply) {
    return arrival(supply).day(usualPercentile);
  }

  /** These supplies by that day; those of one day stay in their order. */
  public List<SupplyRow> byDay(List<SupplyRow> supplies) {
    return supplies.stream().sorted(Comparator.comparing(this::day)).toList();
  }

  /** The preferred offer for an item; empty when no active supplier is known to sell it. */
  public Optional<SupplierOffer> offer(String sku) {
    return Optional.ofNullable(preferred.get(sku)).map(this::offer);
  }

  private SupplierOffer offer(SupplierItemTermsRow item) {
    SupplierTermsRow supplier = suppliers.get(item.supplier());
    boolean isOfItem = item.leadTime().lines() >= enough;
    return new SupplierOffer(
        supplier.calendar(),
        (supplier.sendDelayMinutes() + MINUTES_A_DAY - 1) / MINUTES_A_DAY,
        item.leadTimeDays(),
        isOfItem ? item.leadTime().quantiles() : ifEnough(supplier.leadTime()),
        isOfItem);
  }

  private Quantiles lateness(String supplier, String sku) {
    SupplierItemTermsRow item = items.get(new Offered(supplier, sku));
    if (item != null && item.lateness().lines() >= enough) {
      return item.lateness().quantiles();
    }
    SupplierTermsRow all = suppliers.get(supplier);
    return all == null ? Quantiles.NONE : ifEnough(all.lateness());
  }

  private Quantiles ifEnough(Measured measured) {
    return measured.lines() >= enough ? measured.quantiles() : Quantiles.NONE;
  }
}
