package dev.backorder.platform.background;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Instant;
import java.util.Optional;

/** {@code backorder.clock.*}: real or simulated time. */
@ConfigMapping(prefix = "backorder.clock")
public interface ClockConfig {
  /** Time stands still and moves only by AdvanceClock. */
  @WithDefault("false")
  boolean simulated();

  /** Lets profile prod run on simulated time (demo and replay do). */
  @WithDefault("false")
  boolean simulatedAllowed();

  /** The time that a fresh simulated clock shows. */
  Optional<Instant> start();
}
