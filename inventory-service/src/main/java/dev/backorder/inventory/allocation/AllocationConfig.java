package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.SourcingPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How orders, and the shipments of orders, pass through their lanes. */
@ConfigMapping(prefix = "backorder.allocation")
public interface AllocationConfig {
  /** Lines that may wait for a lane; more are refused with the advice to come back. */
  @WithDefault("50000")
  int laneCapacityLines();

  /** Lines that are decided in one transaction; a single larger call is one of its own. */
  @WithDefault("2000")
  int linesPerBatch();

  /** Which locations serve an order that does not say; another value than these stops the start. */
  @WithDefault("PRIORITY_ORDER")
  SourcingPolicy sourcingPolicy();
}
