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

  /** Units that the asking cart holds: they are not free, and yet it may have them. */
  private long own;

  /**
   * A shelf.
   *
   * @param promising makes dates at its location
   * @param free on-hand units that belong to nobody and that no cart holds; protected ones are
   *     among them
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

  /** Units that belong to nobody. */
  long free() {
    return Math.max(0, free);
  }

  /** The same without those for who waits here; below zero when there are not enough. */
  long unclaimed() {
    return free - unmetWaiting;
  }

  /** Units that the asking cart holds here. */
  long own() {
    return own;
  }

  /** Begins or ends to see what the asking cart holds. */
  void addOwn(long units) {
    own = Math.addExact(own, units);
  }

  /** What the asking cart held and did not take belongs to nobody; returns how much. */
  long giveUpOwn() {
    long units = own;
    free = Math.addExact(free, units);
    own = 0;
    return units;
  }

  /** Takes units for the asking one, its own first; the undoing of it is returned. */
  Runnable reserve(long units) {
    long fromOwn = Math.min(own, units);
    own -= fromOwn;
    free = Math.subtractExact(free, units - fromOwn);
    return () -> {
      own += fromOwn;
      free = Math.addExact(free, units - fromOwn);
    };
  }

  void addWaiting(long units) {
    unmetWaiting = Math.addExact(unmetWaiting, units);
  }
}
