package dev.backorder.inventory.replenishment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code backorder.replenishment.*}: how stock is looked through for what has to be bought. */
@ConfigMapping(prefix = "backorder.replenishment")
interface ReplenishmentConfig {

  /** Time from one review to the next; zero reviews every change at once. */
  @WithDefault("15m")
  Duration reviewInterval();

  /** Most balances that are looked through, and so locked, in one transaction. */
  @WithDefault("500")
  int batchSize();
}
