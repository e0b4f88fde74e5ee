package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.replenishment.model.StockPosition;

/**
 * Balances that changed since they were last looked through; locked by the present transaction.
 *
 * @param onHand physical units, without those set aside for transfers to other locations
 * @param inbound units of purchases that were sent, of transfers and in quality hold
 */
record DueStock(StockPlace place, long onHand, long reserved, long waiting, long inbound) {

  StockPosition position(long needed) {
    return new StockPosition(onHand, reserved, waiting, inbound, needed);
  }
}
