package dev.backorder.inventory.book;

/** A change of the balances of one item at one location, in units. */
public record StockDelta(
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
    long outgoing) {

  /** No change. */
  public static final StockDelta NONE = new StockDelta(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Units that came or went. */
  public static StockDelta onHand(long quantity) {
    return new StockDelta(quantity, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Units that got an owner on the shelf, or lost it. */
  public static StockDelta reserved(long quantity) {
    return new StockDelta(0, quantity, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Units set aside for the queue. */
  public static StockDelta queueReserved(long quantity) {
    return new StockDelta(0, 0, quantity, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Units that began or ceased to wait. */
  public static StockDelta waiting(long quantity) {
    return new StockDelta(0, 0, 0, quantity, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Waiting units that got stock. */
  public static StockDelta filled(long quantity) {
    return new StockDelta(0, quantity, 0, -quantity, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Units that left: on hand and reserved fall together. */
  public static StockDelta shipped(long quantity) {
    return new StockDelta(-quantity, -quantity, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Open units of supply that appeared or went. */
  public static StockDelta coming(long confirmed, long planned) {
    return new StockDelta(0, 0, 0, 0, confirmed, planned, 0, 0, 0, 0, 0);
  }

  /** Units on the shelf and places in the queue that carts began or ceased to hold. */
  public static StockDelta held(long units, long places) {
    return new StockDelta(0, 0, 0, 0, 0, 0, units, places, 0, 0, 0);
  }

  /** Waiting units that nothing earlier would help any more, or would help again. */
  public static StockDelta patient(long quantity) {
    return new StockDelta(0, 0, 0, 0, 0, 0, 0, 0, quantity, 0, 0);
  }

  /** Units that came into quality hold or left it. */
  public static StockDelta quarantined(long quantity) {
    return new StockDelta(0, 0, 0, 0, 0, 0, 0, 0, 0, quantity, 0);
  }

  /** Units on the shelf that were set aside for a transfer, or given back. */
  public static StockDelta outgoing(long quantity) {
    return new StockDelta(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, quantity);
  }

  /** Both changes. */
  public StockDelta plus(StockDelta other) {
    return new StockDelta(
        Math.addExact(onHand, other.onHand),
        Math.addExact(reserved, other.reserved),
        Math.addExact(queueReserved, other.queueReserved),
        Math.addExact(waiting, other.waiting),
        Math.addExact(inbound, other.inbound),
        Math.addExact(planned, other.planned),
        Math.addExact(held, other.held),
        Math.addExact(heldPlaces, other.heldPlaces),
        Math.addExact(patient, other.patient),
        Math.addExact(quarantined, other.quarantined),
        Math.addExact(outgoing, other.outgoing));
  }
}
