package dev.backorder.inventory.quality;

import dev.backorder.inventory.book.StockKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Units that came into quality hold together.
 *
 * @param id also the id of its supply
 * @param quantity units that came
 * @param accepted units found fit to sell
 * @param rejected units found unfit, which left
 * @param reference the supply or the order that they came from; empty when from the shelf
 * @param expectedDate day that counts as their arrival; empty when nobody counts on them
 */
record QualityHoldRow(
    String id,
    StockKey key,
    long quantity,
    long accepted,
    long rejected,
    String reason,
    String actor,
    String reference,
    Optional<LocalDate> expectedDate,
    Instant createTime) {

  /** Units that are still held. */
  long held() {
    return quantity - accepted - rejected;
  }

  /** After so many more units were accepted and rejected. */
  QualityHoldRow released(long moreAccepted, long moreRejected) {
    return new QualityHoldRow(
        id,
        key,
        quantity,
        accepted + moreAccepted,
        rejected + moreRejected,
        reason,
        actor,
        reference,
        expectedDate,
        createTime);
  }
}
