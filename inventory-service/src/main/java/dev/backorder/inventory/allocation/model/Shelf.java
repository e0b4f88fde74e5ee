package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.promise.model.Promising;
import java.util.List;

/**
 * One item at one active location: the units there, who waits there, and what is coming. The
 * numbers run down while orders are decided.
 */
public final class Shelf {
  private final Promising promising;
  private final List<Coming> coming;
  private long free;
  private long unmetWaiting;

  /**
   * A shelf.
   *
   * @param promising makes dates at its location
   * @param free on-hand units that belong to nobody; protected ones are among them
   * @param unmetWaiting units that wait here and for which nothing was set aside
   * @param coming supplies to this location that may be promised, the earliest first
   */
  public Shelf(Promising promising, long free, long unmetWaiting, List<Coming> coming) {
    this.promising = promising;
    this.free = free;
    this.unmetWaiting = unmetWaiting;
    this.coming = List.copyOf(coming);
  }

  /** Makes dates at its location. */
  public Promising promising() {
    return promising;
  }

  List<Coming> coming() {
    return coming;
  }

  /** Units that nobody holds and nobody who waits here would get first. */
  long unclaimed() {
    return Math.max(0, free - unmetWaiting);
  }

  void reserve(long units) {
    free = Math.subtractExact(free, units);
  }

  void addWaiting(long units) {
    unmetWaiting = Math.addExact(unmetWaiting, units);
  }
}
