package dev.backorder.inventory.supplierfeed;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** Remembers how far each purchase order was followed. */
@ApplicationScoped
class FollowedPurchaseOrderRepository {

  private final Sql sql;

  FollowedPurchaseOrderRepository(Sql sql) {
    this.sql = sql;
  }

  /** Moves to a version; false when this or a newer one was followed already. */
  boolean advance(String purchaseOrderId, long version) {
    return sql.update(
            """
            INSERT INTO followed_purchase_order AS f (purchase_order_id, version) VALUES (?, ?)
            ON CONFLICT (purchase_order_id) DO UPDATE SET version = excluded.version
            WHERE f.version < excluded.version
            """,
            purchaseOrderId,
            version)
        == 1;
  }
}
