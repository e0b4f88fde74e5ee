package dev.backorder.supplier.leadtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code backorder.lead-time.*}. */
@ConfigMapping(prefix = "backorder.lead-time")
interface LeadTimeConfig {
  /**
   * So many receipts, the newest, make a distribution: old habits are forgotten, and a measurement
   * costs the same for ever.
   */
  @WithDefault("500")
  int newestReceipts();
}
