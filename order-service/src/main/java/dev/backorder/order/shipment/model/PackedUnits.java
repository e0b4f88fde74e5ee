package dev.backorder.order.shipment.model;

import java.util.UUID;

/**
 * Units of one order line in a shipment.
 *
 * @param lineNumber place of the line in the order
 * @param quantity units, at least one
 */
public record PackedUnits(UUID lineId, int lineNumber, String sku, long quantity) {
  /** The same line with other units. */
  public PackedUnits with(long units) {
    return new PackedUnits(lineId, lineNumber, sku, units);
  }
}
