package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.replenishment.model.StockPosition;

/**
 * Balances that changed since they were last looked through; locked by the present transaction.
 *
 * @param inbound units of purchases that were sent and have not arrived
 */
record DueStock(StockPlace place, long onHand, long reserved, long waiting, long inbound) {

  StockPosition position(long needed) {
    return new StockPosition(onHand, reserved, waiting, inbound, needed);
  }
}
