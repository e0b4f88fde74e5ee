package dev.backorder.order.order;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Why something could not be had when the order came.
 *
 * @param orderable units of the line that could be ordered
 * @param reason {@link #WORSE_PROMISE}, or a refusal reason of inventory-service without its prefix
 * @param shown with WORSE_PROMISE, the date that the shopper had been shown
 * @param given with WORSE_PROMISE, the last date that could be given
 */
public record OrderRefusal(
    UUID lineId,
    String sku,
    long requested,
    long orderable,
    String reason,
    Optional<LocalDate> shown,
    Optional<LocalDate> given) {
  /**
   * The date that could be given was worse than the one shown, and the line does not accept that.
   */
  public static final String WORSE_PROMISE = "WORSE_PROMISE";

  /** True when a date was the reason, not a quantity. */
  public boolean isWorsePromise() {
    return reason.equals(WORSE_PROMISE);
  }
}
