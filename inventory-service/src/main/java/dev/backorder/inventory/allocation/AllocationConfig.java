package dev.backorder.inventory.allocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How orders pass through the lane. */
@ConfigMapping(prefix = "backorder.allocation")
public interface AllocationConfig {
  /** Lines that may wait for the lane; more are refused with the advice to come back. */
  @WithDefault("50000")
  int laneCapacityLines();

  /** Lines that are decided in one transaction; a single larger order is one of its own. */
  @WithDefault("2000")
  int linesPerBatch();
}
