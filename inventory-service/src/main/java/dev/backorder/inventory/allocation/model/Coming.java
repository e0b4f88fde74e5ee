package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.promise.model.Arrival;
import java.time.LocalDate;

/** Units of one supply that nobody is pegged to. They run down while orders are decided. */
public final class Coming {
  private final String supplyId;
  private final Arrival arrival;
  private final boolean confirmed;
  private long free;

  /**
   * A supply about whose reliability nothing is known.
   *
   * @param day the day on which it is counted on
   * @param confirmed by the supplier, and not overdue
   * @param free units that nobody is pegged to
   */
  public Coming(String supplyId, LocalDate day, boolean confirmed, long free) {
    this(supplyId, Arrival.on(day), confirmed, free);
  }

  /**
   * A supply.
   *
   * @param arrival when it comes
   * @param confirmed by the supplier, and not overdue
   * @param free units that nobody is pegged to
   */
  public Coming(String supplyId, Arrival arrival, boolean confirmed, long free) {
    this.supplyId = supplyId;
    this.arrival = arrival;
    this.confirmed = confirmed;
    this.free = free;
  }

  /** The supply. */
  public String supplyId() {
    return supplyId;
  }

  /** The day on which it is counted on without regard to percentiles. */
  public LocalDate day() {
    return arrival.counted();
  }

  /** When it comes. */
  Arrival arrival() {
    return arrival;
  }

  /** Confirmed by the supplier, and not overdue. */
  public boolean confirmed() {
    return confirmed;
  }

  /** Units that nobody is pegged to. */
  public long free() {
    return free;
  }

  void take(long units) {
    free = Math.subtractExact(free, units);
  }
}
