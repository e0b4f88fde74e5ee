package dev.backorder.notification.delivery;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Numbers about deliveries, since this process started. */
@ApplicationScoped
class DeliveryMetrics {
  private final MeterRegistry registry;
  private final Counter possibleDuplicates;

  DeliveryMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.possibleDuplicates =
        Counter.builder("backorder.delivery.possible.duplicates")
            .description("Messages that were sent again although the provider may have had them")
            .register(registry);
  }

  void claimed(int possibleDuplicateCount) {
    possibleDuplicates.increment(possibleDuplicateCount);
  }

  void settled(List<DeliveryRow> rows) {
    rows.forEach(
        row ->
            registry
                .counter(
                    "backorder.delivery.settled",
                    "kind",
                    row.kind().name().toLowerCase(Locale.ROOT),
                    "state",
                    row.state().name().toLowerCase(Locale.ROOT))
                .increment());
  }
}
