package dev.backorder.platform.work;

import dev.backorder.platform.background.Background;
import dev.backorder.platform.background.BackgroundConfig;
import dev.backorder.platform.background.Loop;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs due work: in real time on one thread per kind, so that a slow one delays no other; else when
 * asked.
 */
@ApplicationScoped
public class DueWorkRunner {
  /** Batches without a look at other things; bounds a step of the loop. */
  private static final int BATCHES_PER_STEP = 20;

  private final List<DueWork> works;
  private final Background background;
  private final BackgroundConfig config;
  private final Clock clock;
  private final List<Loop> loops = new ArrayList<>();

  DueWorkRunner(
      @All List<DueWork> works, Background background, BackgroundConfig config, Clock clock) {
    // Beans come in any order; one that changes from start to start would change what a replay
    // does.
    this.works = works.stream().sorted(Comparator.comparing(DueWork::name)).toList();
    this.background = background;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(3_000) StartupEvent event) {
    if (background.isOn()) {
      works.forEach(work -> loops.add(Loop.start("due-" + work.name(), () -> step(work))));
    }
  }

  void stop(@Observes @Priority(40) ShutdownEvent event) {
    loops.forEach(Loop::close);
  }

  /** Looks at the timers at once. */
  public void wake() {
    loops.forEach(Loop::wake);
  }

  /**
   * Runs everything that is due at the present time, until nothing is.
   *
   * @return how many were done, without upkeep
   */
  public long runAll() {
    long done = 0;
    for (DueWork work : works) {
      long ofThis = 0;
      for (int batch = 1; batch > 0 && isDue(work); ) {
        batch = work.run(clock.instant());
        ofThis += batch;
      }
      done += work.isHousekeeping() ? 0 : ofThis;
    }
    return done;
  }

  /** The earliest time at which anything but upkeep is due. */
  public Optional<Instant> nextDue() {
    return works.stream()
        .filter(work -> !work.isHousekeeping())
        .flatMap(work -> work.nextDue().stream())
        .min(Instant::compareTo);
  }

  private Duration step(DueWork work) {
    for (int i = 0; i < BATCHES_PER_STEP; i++) {
      if (!isDue(work) || work.run(clock.instant()) == 0) {
        return config.workPoll();
      }
    }
    return Duration.ZERO;
  }

  private boolean isDue(DueWork work) {
    Instant now = clock.instant();
    return work.nextDue().filter(due -> !due.isAfter(now)).isPresent();
  }
}
