package dev.backorder.inventory.availability;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How questions for availability pass through the lane. */
@ConfigMapping(prefix = "backorder.availability")
public interface AvailabilityConfig {
  /** Lines that may wait for the lane; more are refused with the advice to come back. */
  @WithDefault("50000")
  int laneCapacityLines();

  /** Lines that are answered from one snapshot. */
  @WithDefault("2000")
  int linesPerBatch();

  /** Streams of availability that one process serves; more are refused. */
  @WithDefault("5000")
  int mostWatchers();

  /** How often a process looks whether what is watched has changed. */
  @WithDefault("200ms")
  Duration watchInterval();

  /** After so much silence a stream gets an empty message. */
  @WithDefault("15s")
  Duration watchHeartbeat();

  /**
   * How often everything that is watched is decided anew, whether its books changed or not: days
   * pass, and locations change.
   */
  @WithDefault("30s")
  Duration watchRenewal();
}
