package dev.backorder.platform.clock;

import dev.backorder.platform.background.ClockConfig;
import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The one source of time. */
@ApplicationScoped
public class ClockProducer implements StartupCheck {
  private final ClockConfig config;

  ClockProducer(ClockConfig config) {
    this.config = config;
  }

  /** The clock of the service. It ticks in microseconds, the most that the database keeps. */
  @Produces
  @Singleton
  Clock clock(SimulatedClock simulated) {
    return config.simulated() ? simulated.asClock() : new MicrosecondClock();
  }

  /** The machine's clock, whatever the service's clock says. */
  @Produces
  @Singleton
  @MachineTime
  Clock machineClock() {
    return new MicrosecondClock();
  }

  @Override
  public List<ConfigProblem> problems() {
    boolean refused =
        config.simulated()
            && !config.simulatedAllowed()
            && LaunchMode.current() == LaunchMode.NORMAL;
    return refused
        ? List.of(
            new ConfigProblem(
                "backorder.clock.simulated",
                "must be false in production; backorder.clock.simulated-allowed=true overrules this"))
        : List.of();
  }
}
