package dev.backorder.inventory.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How queues are served. */
@ConfigMapping(prefix = "backorder.queue")
public interface QueueConfig {
  /** Lines that are served in one transaction; more follow in steps of this size. */
  @WithDefault("500")
  int linesPerStep();
}
