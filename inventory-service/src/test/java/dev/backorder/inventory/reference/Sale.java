package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How an item is sold: by itself, or on a channel (AV1).
 *
 * @param leadTimeDays of a purchase or of making; 0 when unknown
 * @param maxWaitDays a longer wait is out of stock (AV4); 0 when any wait will do
 * @param release first day on which a preorder may leave
 * @param lastPreorder last day on which it can be preordered
 */
record Sale(
    Mode mode,
    Limit limit,
    int leadTimeDays,
    int maxWaitDays,
    Optional<LocalDate> release,
    Optional<LocalDate> lastPreorder) {

  enum Mode {
    IN_STOCK_ONLY,
    BACKORDER,
    PREORDER,
    MADE_TO_ORDER
  }

  /** How many units may wait (AV3). */
  sealed interface Limit {
    /** Any number. */
    record None() implements Limit {}

    /** So many. */
    record Fixed(long units) implements Limit {}

    /** What is really coming, less a reserve. */
    record OnlyComing(int reservePercent) implements Limit {}
  }

  boolean takesOrdersAheadOfStock() {
    return mode != Mode.IN_STOCK_ONLY;
  }

  /** The release of a preorder that is still ahead. */
  Optional<LocalDate> releaseAhead(LocalDate today) {
    return mode == Mode.PREORDER ? release.filter(day -> day.isAfter(today)) : Optional.empty();
  }
}
