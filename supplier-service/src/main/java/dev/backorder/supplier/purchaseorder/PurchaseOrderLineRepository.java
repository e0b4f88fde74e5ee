package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.sql.Sql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

@ApplicationScoped
class PurchaseOrderLineRepository implements PanacheRepositoryBase<PurchaseOrderLineEntity, UUID> {
  private final Sql sql;

  PurchaseOrderLineRepository(Sql sql) {
    this.sql = sql;
  }

  /** Lines in their order, of each order. */
  List<PurchaseOrderLineEntity> ofOrders(Collection<UUID> orderIds) {
    return list("purchaseOrderId in ?1 order by purchaseOrderId, position", orderIds);
  }

  /** How many lines each order has. */
  Map<UUID, Long> counts(Collection<UUID> orderIds) {
    Map<UUID, Long> counts = new HashMap<>();
    sql.list(
            row -> Map.entry(row.getObject("purchase_order_id", UUID.class), row.getLong("lines")),
            """
            select purchase_order_id, count(*) as lines from purchase_order_line
            where purchase_order_id = any(?) group by purchase_order_id""",
            (Object) orderIds.toArray(UUID[]::new))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }
}
