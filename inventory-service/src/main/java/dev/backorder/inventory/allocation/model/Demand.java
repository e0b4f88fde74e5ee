package dev.backorder.inventory.allocation.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What one line of an order wants.
 *
 * @param sku the item
 * @param quantity units
 * @param wanted the first day on which they may leave; empty for at once
 */
public record Demand(String sku, long quantity, Optional<LocalDate> wanted) {

  /** Wanted at once. */
  public Demand(String sku, long quantity) {
    this(sku, quantity, Optional.empty());
  }
}
