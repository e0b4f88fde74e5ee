package dev.backorder.order.ship;

import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Offers units to the warehouse whose time has come: what a consolidation window held and it is
 * over, and what was withheld and the pause is over.
 */
@ApplicationScoped
class DueOffers implements DueWork {
  private static final int BATCH = 100;

  private final DueOfferRows rows;
  private final Orders orders;
  private final Allocations allocations;
  private final Shipments shipments;
  private final Transactions transactions;

  DueOffers(
      DueOfferRows rows,
      Orders orders,
      Allocations allocations,
      Shipments shipments,
      Transactions transactions) {
    this.rows = rows;
    this.orders = orders;
    this.allocations = allocations;
    this.shipments = shipments;
    this.transactions = transactions;
  }

  @Override
  public String name() {
    return "due-offers";
  }

  @Override
  public Optional<Instant> nextDue() {
    return rows.nextDue();
  }

  @Override
  public int run(Instant now) {
    return transactions.inNew(
        () -> {
          List<UUID> due = rows.lockDue(now, BATCH);
          List<OrderChange> changes = List.copyOf(orders.openAll(due).values());
          changes.forEach(shipments::resumeDue);
          allocations.reconsider(changes);
          orders.saveAll(changes);
          return due.size();
        });
  }
}
