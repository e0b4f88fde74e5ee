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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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
  private final Map<String, Instant> upkeepDue = new ConcurrentHashMap<>();

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
   * What a pass over all work did.
   *
   * @param count works done, without upkeep
   * @param nextDue the earliest time at which anything but upkeep is due, as each work said after
   *     its turn; all of it holds when {@code count} is 0
   */
  public record Ran(long count, Optional<Instant> nextDue) {}

  /**
   * Runs everything that is due, until nothing is.
   *
   * @param now the present time, which stands still meanwhile
   */
  public Ran runAll(Instant now) {
    long done = 0;
    Optional<Instant> soonest = Optional.empty();
    for (DueWork work : works) {
      if (work.isHousekeeping()) {
        upkeep(work, now);
        continue;
      }
      Optional<Instant> due = work.nextDue();
      while (due.filter(time -> !time.isAfter(now)).isPresent()) {
        int batch = work.run(now);
        done += batch;
        due = work.nextDue();
        if (batch == 0) {
          break;
        }
      }
      soonest = Stream.concat(soonest.stream(), due.stream()).min(Instant::compareTo);
    }
    return new Ran(done, soonest);
  }

  /** Upkeep only ever becomes due later, so what it said once spares asking until then. */
  private void upkeep(DueWork work, Instant now) {
    Instant known = upkeepDue.getOrDefault(work.name(), Instant.MIN);
    if (known.isAfter(now)) {
      return;
    }
    for (int batch = 1; batch > 0 && isDue(work, now); ) {
      batch = work.run(now);
    }
    work.nextDue().ifPresent(due -> upkeepDue.put(work.name(), due));
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
    return isDue(work, clock.instant());
  }

  private static boolean isDue(DueWork work, Instant now) {
    return work.nextDue().filter(due -> !due.isAfter(now)).isPresent();
  }
}
