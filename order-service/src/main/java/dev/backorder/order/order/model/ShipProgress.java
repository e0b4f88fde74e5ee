package dev.backorder.order.order.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * How far a line is on its way out.
 *
 * @param heldSince when its reserved units began to wait for others of the order; empty when they
 *     may leave, or when there are none
 * @param holdUntil when they leave in any case; empty when they are not held, or without a time
 * @param letGo the first day on which units that were held may be told to leave; empty while
 *     nothing is let go
 * @param withheld reserved units that the warehouse could not send and that are not offered
 * @param left units in shipments that left
 */
public record ShipProgress(
    Optional<Instant> heldSince,
    Optional<Instant> holdUntil,
    Optional<LocalDate> letGo,
    long withheld,
    long left) {
  /** Nothing has happened yet. */
  public static final ShipProgress NONE =
      new ShipProgress(Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);

  /** True while its reserved units wait for others. */
  public boolean isHeld() {
    return heldSince.isPresent();
  }

  /** The same with reserved units held, or let go, or neither. */
  public ShipProgress hold(
      Optional<Instant> since, Optional<Instant> until, Optional<LocalDate> free) {
    return new ShipProgress(since, until, free, withheld, left);
  }

  /** The same with so many units withheld. */
  public ShipProgress withhold(long units) {
    return new ShipProgress(heldSince, holdUntil, letGo, units, left);
  }

  /** The same after more units left. */
  public ShipProgress leave(long units) {
    return new ShipProgress(heldSince, holdUntil, letGo, withheld, Math.addExact(left, units));
  }
}
