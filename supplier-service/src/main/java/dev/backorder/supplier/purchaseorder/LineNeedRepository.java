package dev.backorder.supplier.purchaseorder;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class LineNeedRepository implements PanacheRepositoryBase<LineNeedEntity, UUID> {
  /** The needs of these orders' lines, in the order in which they came. */
  List<LineNeedEntity> ofOrders(Collection<UUID> orderIds) {
    return list(
        "lineId in (select l.id from PurchaseOrderLineEntity l where l.purchaseOrderId in ?1) order by ordinal",
        orderIds);
  }
}
