package dev.backorder.order.shipment.model;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * Units of one order line in a shipment.
 *
 * @param lineNumber place of the line in the order
 * @param quantity units; 0 only when all that were offered fell short
 * @param shortUnits units that were offered and did not leave with the others
 * @param valueMinor what the units cost, once they left
 */
public record PackedUnits(
    UUID lineId,
    int lineNumber,
    String sku,
    long quantity,
    long shortUnits,
    OptionalLong valueMinor) {
  /** Units that are offered. */
  public PackedUnits(UUID lineId, int lineNumber, String sku, long quantity) {
    this(lineId, lineNumber, sku, quantity, 0, OptionalLong.empty());
  }

  /** The same line with other units. */
  public PackedUnits with(long units) {
    return new PackedUnits(lineId, lineNumber, sku, units);
  }

  /** The same line when only some of its units leave. */
  public PackedUnits leaving(long units) {
    return new PackedUnits(lineId, lineNumber, sku, units, quantity - units, OptionalLong.empty());
  }

  /** The same line as it was offered. */
  public PackedUnits whole() {
    return with(quantity + shortUnits);
  }

  /** The same units with what they cost. */
  public PackedUnits worth(long minor) {
    return new PackedUnits(lineId, lineNumber, sku, quantity, shortUnits, OptionalLong.of(minor));
  }
}
