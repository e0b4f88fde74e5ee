package dev.backorder.order.process;

import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.work.DueWork;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Finishes processes that their caller could not finish, after a crash or while another service was
 * away.
 */
@ApplicationScoped
class ProcessWork implements DueWork {
  private static final Logger LOG = Logger.getLogger(ProcessWork.class);

  private final Processes processes;
  private final Map<String, ProcessStep> steps;

  ProcessWork(Processes processes, @All List<ProcessStep> steps) {
    this.processes = processes;
    this.steps = steps.stream().collect(Collectors.toMap(ProcessStep::kind, Function.identity()));
  }

  @Override
  public String name() {
    return "processes";
  }

  @Override
  public Optional<Instant> nextDue() {
    return processes.nextDue();
  }

  @Override
  public int run(Instant now) {
    List<Processes.Claimed> claimed = processes.claim(now);
    claimed.forEach(this::resume);
    return claimed.size();
  }

  private void resume(Processes.Claimed claimed) {
    try {
      steps.get(claimed.kind()).resume(claimed.processId(), claimed.orderId());
    } catch (RuntimeException failure) {
      if (Failures.isTransient(failure)) {
        LOG.infof("Process %s %s waits for another service", claimed.kind(), claimed.processId());
      } else {
        LOG.errorf(failure, "Process %s %s cannot go on", claimed.kind(), claimed.processId());
      }
    }
  }
}
