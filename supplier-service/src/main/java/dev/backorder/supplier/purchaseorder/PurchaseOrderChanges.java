package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.catalogue.CostColumns;
import dev.backorder.supplier.catalogue.model.Cost;
import dev.backorder.supplier.purchaseorder.model.OrderLine;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import dev.backorder.supplier.v1.PurchaseOrderChanged;
import dev.backorder.supplier.v1.SupplierEvent;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The one place that writes purchase orders: each change is one version, one row of history and one
 * event with the full new state. The caller holds the lock of the order's row, which keeps the
 * events of an order in order.
 */
@ApplicationScoped
class PurchaseOrderChanges {
  private static final String CAUSE_PREFIX = "PURCHASE_ORDER_CHANGE_CAUSE_";

  private final PurchaseOrderRepository orders;
  private final PurchaseOrderLineRepository lines;
  private final LineNeedRepository needs;
  private final EventLog events;
  private final Sql sql;
  private final MeterRegistry meters;

  PurchaseOrderChanges(
      PurchaseOrderRepository orders,
      PurchaseOrderLineRepository lines,
      LineNeedRepository needs,
      EventLog events,
      Sql sql,
      MeterRegistry meters) {
    this.orders = orders;
    this.lines = lines;
    this.needs = needs;
    this.events = events;
    this.sql = sql;
    this.meters = meters;
  }

  /**
   * What happened to an order.
   *
   * @param cause sort of change
   * @param reason in somebody's words; may be empty
   * @param time when
   */
  record Change(PurchaseOrderChangeCause cause, String reason, Instant time) {}

  /**
   * What came into a draft beside its quantities.
   *
   * @param costs cost of each new line, by line id
   * @param needs needs that lines cover now
   */
  record Additions(Map<UUID, Optional<Cost>> costs, List<LineNeedEntity> needs) {
    static final Additions NONE = new Additions(Map.of(), List.of());
  }

  /** Writes what an order has become. */
  void write(StoredOrder stored, PurchaseOrder after, Additions additions, Change change) {
    writeLines(stored, after, additions.costs());
    for (LineNeedEntity need : additions.needs()) {
      needs.persist(need);
      stored.addNeed(need);
    }
    writeHeader(stored.header(), after, change);
    orders.flush();
    record(stored, change);
  }

  private void writeLines(
      StoredOrder stored, PurchaseOrder after, Map<UUID, Optional<Cost>> costs) {
    Map<UUID, PurchaseOrderLineEntity> present =
        stored.lines().stream()
            .collect(
                Collectors.toMap(line -> line.id, Function.identity(), (a, b) -> a, HashMap::new));
    for (OrderLine line : after.lines()) {
      PurchaseOrderLineEntity entity = present.get(line.id());
      if (entity == null) {
        entity = new PurchaseOrderLineEntity();
        entity.id = line.id();
        entity.purchaseOrderId = stored.header().id;
        entity.position = stored.lines().size() + 1;
        entity.sku = line.sku();
        entity.leadTimeDays = line.leadTimeDays();
        entity.cost = CostColumns.of(costs.get(line.id()));
        entity.set(line);
        lines.persist(entity);
        stored.lines().add(entity);
      } else {
        entity.set(line);
      }
    }
  }

  private static void writeHeader(PurchaseOrderEntity header, PurchaseOrder after, Change change) {
    OrderState state = after.state();
    header.state = state;
    header.overReceiptTolerancePercent = after.tolerance().overPercent();
    header.underReceiptTolerancePercent = after.tolerance().underPercent();
    if (state != OrderState.DRAFT) {
      header.collecting = false;
      header.sendDueTime = null;
    }
    if (after.sent() && header.sentTime == null) {
      header.sentTime = change.time();
    }
    if (change.cause() == PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_ACKNOWLEDGED
        && header.acknowledgedTime == null) {
      header.acknowledgedTime = change.time();
    }
    if (!state.isAlive() && header.closedTime == null) {
      header.closedTime = change.time();
    }
    header.version++;
  }

  private void record(StoredOrder stored, Change change) {
    PurchaseOrderEntity header = stored.header();
    String cause = change.cause().name().substring(CAUSE_PREFIX.length());
    sql.update(
        """
        insert into purchase_order_change (purchase_order_id, version, cause, state, reason, caller, change_time)
        values (?, ?, ?, ?, ?, ?, ?)""",
        header.id,
        header.version,
        cause,
        header.state.name(),
        change.reason(),
        Calls.caller(),
        change.time());
    events.append(
        header.id.toString(),
        header.version,
        SupplierEvent.newBuilder()
            .setPurchaseOrderChanged(
                PurchaseOrderChanged.newBuilder()
                    .setPurchaseOrder(PurchaseOrderMessages.render(stored))
                    .setCause(change.cause()))
            .build());
    meters.counter("backorder.purchase.order.changes", "cause", cause).increment();
  }
}
