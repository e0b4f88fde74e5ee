package dev.backorder.inventory.replenishment.model;

/**
 * All that counts when we ask whether an item has to be bought for a location.
 *
 * @param onHand physical units, without those set aside for transfers to other locations
 * @param reserved units of these that belong to order lines
 * @param waiting units ordered with nothing reserved for them
 * @param inbound units of purchases that were sent, of transfers and in quality hold
 * @param needed units of needs that no sent purchase covers yet
 */
public record StockPosition(long onHand, long reserved, long waiting, long inbound, long needed) {

  /** What there would be if all that is coming had come and all that waits had left. */
  public long quantity() {
    long owed = Math.addExact(reserved, waiting);
    long coming = Math.addExact(inbound, needed);
    return Math.subtractExact(Math.addExact(onHand, coming), owed);
  }

  /** Units that wait and that nothing on the way will serve. */
  public long uncoveredWaiting() {
    return Math.max(0, Math.subtractExact(waiting, Math.addExact(inbound, needed)));
  }
}
