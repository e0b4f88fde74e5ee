package dev.backorder.platform.background;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code backorder.background.*}: what runs without being called. */
@ConfigMapping(prefix = "backorder.background")
public interface BackgroundConfig {
  /**
   * False lets nothing run by itself: sequencer, consumers and timers run only when a test calls
   * them.
   */
  @WithDefault("true")
  boolean enabled();

  /** How often timers look for due work. */
  @WithDefault("100ms")
  Duration workPoll();
}
