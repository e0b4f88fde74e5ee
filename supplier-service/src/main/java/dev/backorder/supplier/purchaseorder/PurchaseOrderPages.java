package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.v1.PurchaseOrder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Reads purchase orders for callers. */
@ApplicationScoped
@Transactional
class PurchaseOrderPages {
  /** An order may have a thousand lines: a page ends early rather than outgrow a message. */
  private static final long MOST_LINES = 4_000;

  private final PurchaseOrderRepository orders;
  private final PurchaseOrderLineRepository lines;
  private final StoredOrders stored;
  private final Sql sql;

  PurchaseOrderPages(
      PurchaseOrderRepository orders,
      PurchaseOrderLineRepository lines,
      StoredOrders stored,
      Sql sql) {
    this.orders = orders;
    this.lines = lines;
    this.stored = stored;
    this.sql = sql;
  }

  /**
   * A page.
   *
   * @param orders in the order of the list
   * @param next number after which the next page starts; empty on the last one
   */
  record Page(List<PurchaseOrder> orders, OptionalLong next) {}

  PurchaseOrder get(UUID id) {
    seeOneMoment();
    return PurchaseOrderMessages.render(stored.get(id));
  }

  /** Orders by number, after a number; an empty supplier, or no states, means all. */
  Page page(String supplier, Set<OrderState> states, long after, int size) {
    seeOneMoment();
    List<PurchaseOrderEntity> found = orders.page(supplier, states, after, size + 1);
    List<PurchaseOrderEntity> kept = found.subList(0, fitting(found, size));
    OptionalLong next =
        kept.size() < found.size()
            ? OptionalLong.of(kept.get(kept.size() - 1).number)
            : OptionalLong.empty();
    return new Page(stored.whole(kept).stream().map(PurchaseOrderMessages::render).toList(), next);
  }

  /**
   * An order is read by several statements: without this they might see it before and after a
   * change.
   */
  private void seeOneMoment() {
    sql.update("set transaction isolation level repeatable read, read only");
  }

  private int fitting(List<PurchaseOrderEntity> found, int size) {
    Map<UUID, Long> counts = lines.counts(found.stream().map(order -> order.id).toList());
    long total = 0;
    for (int i = 0; i < found.size(); i++) {
      total += counts.getOrDefault(found.get(i).id, 0L);
      if (i == size || (i > 0 && total > MOST_LINES)) {
        return i;
      }
    }
    return found.size();
  }
}
