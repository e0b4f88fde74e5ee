package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.ids.Ids;
import dev.backorder.supplier.catalogue.model.Cost;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.purchaseorder.model.OrderLine;
import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts units into a draft and remembers what came in with them. Lives for one change. */
final class DraftLines {
  private final SupplierProfile supplier;
  private final Instant orderTime;
  private final Ids ids;
  private final Map<UUID, Optional<Cost>> costs = new HashMap<>();
  private final List<LineNeedEntity> needs = new ArrayList<>();
  private PurchaseOrder order;

  /**
   * Starts from a draft.
   *
   * @param orderTime when it will be sent, as far as known; the dates of its lines are estimated
   *     from it
   */
  DraftLines(PurchaseOrder order, SupplierProfile supplier, Instant orderTime, Ids ids) {
    this.order = order;
    this.supplier = supplier;
    this.orderTime = orderTime;
    this.ids = ids;
  }

  PurchaseOrder order() {
    return order;
  }

  PurchaseOrderChanges.Additions additions() {
    return new PurchaseOrderChanges.Additions(costs, needs);
  }

  void add(SoldItem offer, long quantity) {
    order =
        Refusals.changed(
                order.add(offer.sku(), quantity, offer.terms(), () -> newLine(offer, quantity)))
            .orElseThrow();
  }

  void add(NeededUnits need) {
    add(need.offer(), need.quantity());
    LineNeedEntity covered = new LineNeedEntity();
    covered.needId = need.needId();
    covered.lineId = order.growingLine(need.offer().sku()).orElseThrow().id();
    covered.ordinal = need.ordinal();
    covered.quantity = need.quantity();
    needs.add(covered);
  }

  private OrderLine newLine(SoldItem offer, long wanted) {
    UUID id = ids.next();
    costs.put(id, offer.cost());
    return OrderLine.open(
        id,
        offer.sku(),
        wanted,
        offer.terms(),
        offer.leadTimeDays(),
        supplier.arrivalOf(orderTime, offer.leadTimeDays()));
  }
}
