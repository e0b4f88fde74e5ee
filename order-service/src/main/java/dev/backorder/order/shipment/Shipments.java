package dev.backorder.order.shipment;

import dev.backorder.order.order.OrderChange;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is offered to the warehouse. */
@ApplicationScoped
public class Shipments {
  /**
   * Makes the offers of an order match what may leave: one OFFERED shipment per location with all {@code reserved} units
   * that are not in a CONFIRMING shipment. Publishes what changed on {@code change}, whose caller saves it.
   *
   * @param reserved everything of the order that may leave, CONFIRMING units included, by line order
   */
  public void offer(OrderChange change, List<ReservedUnits> reserved) {}

  /** Units in CONFIRMING shipments of an order, by line: they may not be cancelled. */
  public Map<UUID, Long> confirming(UUID orderId) {
    return Map.of();
  }
}
