package dev.backorder.inventory.replenishment;

import dev.backorder.platform.sql.Sql;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What a planner watches: needs that nobody has ordered yet, and balances not yet looked at. */
@ApplicationScoped
class ReplenishmentMetrics {

  private final Sql sql;
  private final MeterRegistry meters;

  ReplenishmentMetrics(Sql sql, MeterRegistry meters) {
    this.sql = sql;
    this.meters = meters;
  }

  void register(@Observes StartupEvent event) {
    Gauge.builder("backorder.reorder.needs.open", this, metrics -> metrics.openNeeds())
        .description("Needs that no purchase order that was sent covers")
        .register(meters);
    Gauge.builder("backorder.replenishment.due", this, metrics -> metrics.dueBalances())
        .description("Balances that changed since they were last looked through")
        .register(meters);
  }

  private double openNeeds() {
    return sql.number("SELECT count(*) FROM reorder_need WHERE state = 'OPEN'");
  }

  private double dueBalances() {
    return sql.number("SELECT count(*) FROM stock WHERE replenishment_due");
  }
}
