package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.supplier.v1.ErrorReason;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Loads whole purchase orders. */
@ApplicationScoped
class StoredOrders {
  private final PurchaseOrderRepository orders;
  private final PurchaseOrderLineRepository lines;
  private final LineNeedRepository needs;

  StoredOrders(
      PurchaseOrderRepository orders, PurchaseOrderLineRepository lines, LineNeedRepository needs) {
    this.orders = orders;
    this.lines = lines;
    this.needs = needs;
  }

  /**
   * Reads an order.
   *
   * @throws DomainException NOT_FOUND
   */
  StoredOrder get(UUID id) {
    return whole(orders.findByIdOptional(id).orElseThrow(() -> notFound(id)));
  }

  /**
   * Reads an order and locks it until the transaction ends.
   *
   * @throws DomainException NOT_FOUND
   */
  StoredOrder lock(UUID id) {
    return whole(orders.lock(id).orElseThrow(() -> notFound(id)));
  }

  /** Reads the rest of one order. */
  StoredOrder whole(PurchaseOrderEntity header) {
    return whole(List.of(header)).get(0);
  }

  /** Reads the rest of orders, in the same order. */
  List<StoredOrder> whole(List<PurchaseOrderEntity> headers) {
    Map<UUID, StoredOrder> byId = new HashMap<>();
    Map<UUID, StoredOrder> byLine = new HashMap<>();
    List<StoredOrder> found = new ArrayList<>();
    for (PurchaseOrderEntity header : headers) {
      StoredOrder order = new StoredOrder(header, new ArrayList<>(), new HashMap<>());
      byId.put(header.id, order);
      found.add(order);
    }
    for (PurchaseOrderLineEntity line : lines.ofOrders(byId.keySet())) {
      StoredOrder order = byId.get(line.purchaseOrderId);
      order.lines().add(line);
      byLine.put(line.id, order);
    }
    needs.ofOrders(byId.keySet()).forEach(need -> byLine.get(need.lineId).addNeed(need));
    return found;
  }

  private static DomainException notFound(UUID id) {
    return DomainException.notFound(
        ErrorReason.ERROR_REASON_PURCHASE_ORDER_NOT_FOUND, "purchase order", id.toString());
  }
}
