package dev.backorder.supplier.purchaseorder;

import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A purchase order with all that belongs to it, as stored.
 *
 * @param header its row
 * @param lines its lines, in their order
 * @param needs the needs of each line, by line id, in the order in which they came
 */
record StoredOrder(
    PurchaseOrderEntity header, List<PurchaseOrderLineEntity> lines, Map<UUID, List<UUID>> needs) {
  /** What the rules need to know. */
  PurchaseOrder order() {
    return new PurchaseOrder(
        header.sentTime != null,
        header.tolerance(),
        lines.stream().map(PurchaseOrderLineEntity::line).toList());
  }

  void addNeed(LineNeedEntity need) {
    needs.computeIfAbsent(need.lineId, id -> new ArrayList<>()).add(need.needId);
  }
}
