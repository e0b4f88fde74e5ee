package dev.backorder.order.allocation;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.promise.PromiseConfig;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.shiprule.model.Leaving;
import dev.backorder.order.shiprule.model.LeavingLine;
import dev.backorder.order.shiprule.model.ShipDecider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Asks the ship rule of an order what may leave, and when. An order without one costs nothing. */
@ApplicationScoped
class ShipRuling {
  private final Shipments shipments;
  private final PromiseConfig days;

  ShipRuling(Shipments shipments, PromiseConfig days) {
    this.shipments = shipments;
    this.days = days;
  }

  /** Gives every unit the day on which it will really leave, and notes which ones are held. */
  void arrange(OrderChange change) {
    for (Leaving leaving : decide(change)) {
      OrderLine line = change.line(leaving.lineId());
      change.put(line.with(line.quantities(), leaving.portions()).with(leaving.progress()));
    }
  }

  /** Notes which units are held now. What is told stays: it changes with what the order holds. */
  void refresh(OrderChange change) {
    for (Leaving leaving : decide(change)) {
      change.put(change.line(leaving.lineId()).with(leaving.progress()));
    }
  }

  private List<Leaving> decide(OrderChange change) {
    ShipRule rule = change.order().header().shipRule();
    if (!ShipDecider.binds(rule, change.lines().stream().map(OrderLine::shipTerms))) {
      return List.of();
    }
    // How much a lot holds is asked only where lots are counted.
    Map<UUID, Long> leaving =
        rule.kind() == ShipRule.Kind.MINIMUM && !change.isPlacedNow()
            ? shipments.leaving(change)
            : Map.of();
    List<LeavingLine> lines = change.lines().stream().map(line -> line(line, leaving)).toList();
    return ShipDecider.decide(rule, lines, change.time(), days.zone());
  }

  private static LeavingLine line(OrderLine line, Map<UUID, Long> leaving) {
    return new LeavingLine(
        line.lineId(),
        line.shipTerms(),
        line.portions().stream().map(Portion::alone).toList(),
        line.releasing(),
        leaving.getOrDefault(line.lineId(), 0L),
        line.progress());
  }
}
