package dev.backorder.inventory.transfer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How transfers are planned. */
@ConfigMapping(prefix = "backorder.transfer")
public interface TransferConfig {
  /** Days on the way of a transfer of which nobody said when it arrives. */
  @WithDefault("2")
  int transitDays();
}
