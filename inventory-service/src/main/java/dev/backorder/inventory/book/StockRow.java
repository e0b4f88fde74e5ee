package dev.backorder.inventory.book;

/**
 * Balances of one item at one location, in units.
 *
 * @param onHand physical units
 * @param reserved on-hand units that belong to order lines
 * @param queueReserved on-hand units set aside for the queue, not yet given to its lines
 * @param waiting ordered units with nothing reserved for them; those that {@code queueReserved}
 *     will serve are still among them
 * @param inbound open units of confirmed supply
 * @param planned open units of supply that the supplier has not confirmed
 * @param held on-hand units that carts hold
 * @param heldPlaces places in the queue that carts hold within the limit
 * @param patient waiting units that nothing earlier would help: their supply comes in time for the
 *     date on which they are wanted
 * @param quarantined units in quality hold, not among those on hand
 * @param outgoing on-hand units that are set aside for planned transfers
 * @param ringFenced true when the item has ring fences
 * @param version grows with every change
 */
public record StockRow(
    StockKey key,
    long onHand,
    long reserved,
    long queueReserved,
    long waiting,
    long inbound,
    long planned,
    long held,
    long heldPlaces,
    long patient,
    long quarantined,
    long outgoing,
    boolean ringFenced,
    long version) {

  /** An item that was never at this location. */
  public static StockRow empty(StockKey key) {
    return new StockRow(key, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false, 0);
  }

  /** On-hand units that belong to nobody; protected ones are among them. */
  public long free() {
    return onHand - reserved - queueReserved - held - outgoing;
  }

  /** Waiting units for which nothing was set aside yet. */
  public long unmetWaiting() {
    return waiting - queueReserved;
  }

  /** The same without those whom nothing earlier would help: units on the shelf are for these. */
  public long eagerWaiting() {
    return Math.max(0, waiting - queueReserved - patient);
  }

  /** These balances after a change. */
  public StockRow plus(StockDelta delta) {
    return new StockRow(
        key,
        Math.addExact(onHand, delta.onHand()),
        Math.addExact(reserved, delta.reserved()),
        Math.addExact(queueReserved, delta.queueReserved()),
        Math.addExact(waiting, delta.waiting()),
        Math.addExact(inbound, delta.inbound()),
        Math.addExact(planned, delta.planned()),
        Math.addExact(held, delta.held()),
        Math.addExact(heldPlaces, delta.heldPlaces()),
        Math.addExact(patient, delta.patient()),
        Math.addExact(quarantined, delta.quarantined()),
        Math.addExact(outgoing, delta.outgoing()),
        ringFenced,
        version);
  }
}
