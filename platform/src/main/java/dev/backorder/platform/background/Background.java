package dev.backorder.platform.background;

import jakarta.enterprise.context.ApplicationScoped;

/**
 * Says whether this process does things by itself, or only when the simulated clock is advanced.
 */
@ApplicationScoped
public class Background {
  private final boolean enabled;
  private final boolean simulated;

  Background(BackgroundConfig config, ClockConfig clock) {
    this.enabled = config.enabled();
    this.simulated = clock.simulated();
  }

  /** True when loops of sequencer, consumers and timers run in real time. */
  public boolean isOn() {
    return enabled && !simulated;
  }

  /** True when time is simulated. */
  public boolean isSimulated() {
    return simulated;
  }
}
