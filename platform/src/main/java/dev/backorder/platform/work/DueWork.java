package dev.backorder.platform.work;

import java.time.Instant;
import java.util.Optional;

/**
 * A timer or a process: work that becomes due at a time. Implement it as a bean. In real time every
 * replica asks and runs; on simulated time only AdvanceClock does.
 */
public interface DueWork {
  /** Stable name, for logs and metrics; in simulated time works run in the order of their names. */
  String name();

  /**
   * The earliest time at which something is due; empty when nothing waits. Cheap: it is asked ten
   * times a second.
   */
  Optional<Instant> nextDue();

  /**
   * Does a bounded batch of what is due at {@code now} and returns how many were done; 0 when
   * nothing is left. Claims rows with {@code FOR UPDATE SKIP LOCKED} in short transactions of its
   * own; remote calls happen between them. What could not be done gets a later time, or this would
   * be asked again at once.
   */
  int run(Instant now);

  /**
   * True for upkeep that no one outside sees: it runs, but does not count as due in simulated time.
   */
  default boolean isHousekeeping() {
    return false;
  }
}
