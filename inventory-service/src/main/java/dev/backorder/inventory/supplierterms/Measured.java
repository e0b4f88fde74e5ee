package dev.backorder.inventory.supplierterms;

import dev.backorder.inventory.promise.model.Quantiles;

/**
 * A distribution that was measured.
 *
 * @param lines purchase order lines of which something was received
 * @param quantiles empty when there are none
 */
public record Measured(long lines, Quantiles quantiles) {
  /** Nothing was measured. */
  public static final Measured NOTHING = new Measured(0, Quantiles.NONE);

  /** Refuses a count without quantiles and quantiles of nothing. */
  public Measured {
    if (lines < 0 || lines > 0 != quantiles.isKnown()) {
      throw new IllegalArgumentException(lines + " lines with " + quantiles);
    }
  }
}
