package dev.backorder.inventory.availability;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How questions for availability pass through the lane. */
@ConfigMapping(prefix = "backorder.availability")
public interface AvailabilityConfig {
  /** Lines that may wait for the lane; more are refused with the advice to come back. */
  @WithDefault("50000")
  int laneCapacityLines();

  /** Lines that are answered from one snapshot. */
  @WithDefault("2000")
  int linesPerBatch();
}
