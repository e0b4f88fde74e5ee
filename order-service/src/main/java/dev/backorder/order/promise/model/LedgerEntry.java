package dev.backorder.order.promise.model;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A promise told for units of a line, and what became of its units so far.
 *
 * @param sequence its place in the order of telling
 * @param supersedes the promise told before for the same units
 * @param current units for which this is the newest date and which are still open
 * @param shipped units that left, also those that were told a newer date meanwhile
 * @param released units that were cancelled, counted in the same way
 */
public record LedgerEntry(
    UUID promiseId,
    long sequence,
    Optional<UUID> supersedes,
    LocalDate shipBy,
    long quantity,
    long current,
    long shipped,
    long released,
    Outcome outcome) {
  /** Refuses counters that cannot be. */
  public LedgerEntry {
    if (current < 0 || shipped < 0 || released < 0 || shipped + released + current > quantity) {
      throw new IllegalArgumentException("Promise %s does not add up".formatted(promiseId));
    }
  }

  /** Units that have neither left nor been cancelled. */
  long unsettled() {
    return quantity - shipped - released;
  }

  /** The same with units that are no longer its own to answer for with the newest date. */
  LedgerEntry lessCurrent(long units) {
    return new LedgerEntry(
        promiseId,
        sequence,
        supersedes,
        shipBy,
        quantity,
        current - units,
        shipped,
        released,
        outcome);
  }

  /** The same after units left on a day. */
  LedgerEntry ship(long units, LocalDate day) {
    return counted(shipped + units, released, day);
  }

  /** The same after units were cancelled on a day. */
  LedgerEntry release(long units, LocalDate day) {
    return counted(shipped, released + units, day);
  }

  private LedgerEntry counted(long nowShipped, long nowReleased, LocalDate day) {
    return new LedgerEntry(
        promiseId,
        sequence,
        supersedes,
        shipBy,
        quantity,
        current,
        nowShipped,
        nowReleased,
        decide(nowShipped, nowReleased, day));
  }

  private Outcome decide(long nowShipped, long nowReleased, LocalDate day) {
    if (outcome != Outcome.OPEN) {
      return outcome;
    }
    if (day.isAfter(shipBy)) {
      return Outcome.BROKEN;
    }
    if (nowShipped + nowReleased < quantity) {
      return Outcome.OPEN;
    }
    return nowShipped > 0 ? Outcome.KEPT : Outcome.RELEASED;
  }
}
