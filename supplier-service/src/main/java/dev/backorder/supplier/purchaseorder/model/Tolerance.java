package dev.backorder.supplier.purchaseorder.model;

/**
 * How far a receipt may differ from what was expected.
 *
 * @param overPercent percent above that the dock accepts, 0 to 100
 * @param underPercent percent below at which a line is complete, 0 to 100
 */
public record Tolerance(int overPercent, int underPercent) {
  /** Units above the expected that may be received. */
  public long overQuantity(long expected) {
    return share(expected, overPercent);
  }

  /** Tells whether the line is complete; nothing at all is never complete. */
  public boolean isComplete(long expected, long received) {
    return received > 0 && received >= expected - share(expected, underPercent);
  }

  private static long share(long expected, int percent) {
    return Math.multiplyExact(expected, (long) percent) / 100;
  }
}
