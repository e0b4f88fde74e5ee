package dev.backorder.inventory.promise;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Map;

/** How dates are made. */
@ConfigMapping(prefix = "backorder.promise")
public interface PromiseConfig {
  /** Share of cases, in percent, in which a told date is expected to hold. */
  @WithDefault("80")
  int percentile();

  /**
   * Share of late orders, in percent, that a channel allows, by channel. Its dates hold in at least
   * the rest of cases.
   */
  Map<String, Integer> channelLateLimitPercent();

  /** Purchase order lines from which on what was measured of them is used. */
  @WithDefault("20")
  int enoughObservations();

  /** A supply that is more days late than this is overdue. */
  @WithDefault("3")
  int overdueGraceDays();

  /**
   * Days after which a purchase is expected of an item without a lead time whose lines lost their
   * supply.
   */
  @WithDefault("30")
  int unknownLeadTimeDays();
}
