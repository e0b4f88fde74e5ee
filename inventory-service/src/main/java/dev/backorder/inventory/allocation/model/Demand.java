package dev.backorder.inventory.allocation.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What one line of an order wants.
 *
 * @param sku the item
 * @param quantity units
 * @param wanted the first day on which they may leave; empty for at once
 * @param latest the last day for which they may be promised; empty for any
 */
public record Demand(
    String sku, long quantity, Optional<LocalDate> wanted, Optional<LocalDate> latest) {

  /** Wanted at once, however late. */
  public Demand(String sku, long quantity) {
    this(sku, quantity, Optional.empty());
  }

  /** However late. */
  public Demand(String sku, long quantity, Optional<LocalDate> wanted) {
    this(sku, quantity, wanted, Optional.empty());
  }

  /** True when a promise for a day is no use. */
  boolean isTooLate(LocalDate day) {
    return latest.filter(day::isAfter).isPresent();
  }
}
