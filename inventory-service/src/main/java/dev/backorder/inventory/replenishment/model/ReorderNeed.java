package dev.backorder.inventory.replenishment.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * Units that have to be bought for an item and location.
 *
 * @param needId UUIDv7; a purchase order line names it
 * @param number place in the order in which needs were raised
 * @param quantity units to buy
 * @param waitingQuantity units of these that wait in the queue
 * @param needByDate the day it was raised when units wait; empty when only the shelf is to be
 *     filled
 * @param state where it stands
 * @param supplyId the purchase order line that covers it; empty while open
 * @param createTime when it was raised
 */
public record ReorderNeed(
    UUID needId,
    long number,
    String sku,
    String location,
    long quantity,
    long waitingQuantity,
    Optional<LocalDate> needByDate,
    State state,
    Optional<String> supplyId,
    Instant createTime) {

  /** The need once a purchase was sent for it, or will not come. */
  public ReorderNeed settled(State newState, Optional<String> newSupplyId) {
    return new ReorderNeed(
        needId,
        number,
        sku,
        location,
        quantity,
        waitingQuantity,
        needByDate,
        newState,
        newSupplyId,
        createTime);
  }

  /** Where a need stands. */
  public enum State {
    /** Raised; no purchase order that was sent covers it. */
    OPEN,
    /** A purchase order that was sent covers it. */
    ORDERED,
    /** The purchase was rejected or cancelled. */
    CANCELLED
  }
}
