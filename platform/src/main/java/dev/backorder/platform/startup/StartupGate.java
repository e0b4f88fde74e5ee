package dev.backorder.platform.startup;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses to start with nonsense, and names every property that is wrong. */
@ApplicationScoped
public class StartupGate {
  private final List<StartupCheck> checks;

  StartupGate(@All List<StartupCheck> checks) {
    this.checks = checks;
  }

  void open(@Observes @Priority(1) StartupEvent event) {
    List<ConfigProblem> problems =
        checks.stream().flatMap(check -> check.problems().stream()).toList();
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          problems.stream()
              .map(p -> p.property() + ": " + p.problem())
              .collect(Collectors.joining("; ", "Will not start with this configuration: ", "")));
    }
  }
}
