package dev.backorder.order.servicelevel;

import dev.backorder.order.order.model.OrderState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The essentials as gauges. They are counted in the database when somebody scrapes, at most once a
 * minute, so every replica shows the same: take the maximum over replicas, not the sum.
 */
@ApplicationScoped
class ServiceLevelMetrics {
  private static final Logger LOG = Logger.getLogger(ServiceLevelMetrics.class);
  private static final long KEEP_NANOS = Duration.ofMinutes(1).toNanos();
  private static final List<String> OUTCOMES = List.of("OPEN", "KEPT", "BROKEN", "RELEASED");

  private final ServiceLevelRows rows;
  private final MeterRegistry registry;
  private Snapshot last = new Snapshot(Map.of(), Map.of(), Double.NaN);
  private long readNanos = System.nanoTime() - KEEP_NANOS;

  ServiceLevelMetrics(ServiceLevelRows rows, MeterRegistry registry) {
    this.rows = rows;
    this.registry = registry;
  }

  private record Snapshot(
      Map<String, Long> orders, Map<String, Long> promises, double waitingUnits) {}

  void register(@Observes StartupEvent event) {
    for (OrderState state : OrderState.values()) {
      Gauge.builder("backorder.orders", () -> snapshot().orders().getOrDefault(state.name(), 0L))
          .description("Orders by state")
          .tag("state", state.name())
          .register(registry);
    }
    for (String outcome : OUTCOMES) {
      Gauge.builder("backorder.promises", () -> snapshot().promises().getOrDefault(outcome, 0L))
          .description("Promises told, by outcome")
          .tag("outcome", outcome)
          .register(registry);
    }
    Gauge.builder("backorder.waiting.units", () -> snapshot().waitingUnits())
        .description("Units ordered that wait for stock")
        .register(registry);
  }

  private synchronized Snapshot snapshot() {
    if (System.nanoTime() - readNanos >= KEEP_NANOS) {
      readNanos = System.nanoTime();
      try {
        last =
            new Snapshot(
                byProperty(rows.ordersByState()),
                byProperty(rows.promisesByOutcome()),
                rows.waitingUnits());
      } catch (RuntimeException failure) {
        // A scrape must not fail with the database: the last figures stand.
        LOG.warnf("Figures for metrics could not be read: %s", failure.getMessage());
      }
    }
    return last;
  }

  private static Map<String, Long> byProperty(List<ServiceLevelRows.Count> counts) {
    return counts.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                ServiceLevelRows.Count::property, ServiceLevelRows.Count::count));
  }
}
