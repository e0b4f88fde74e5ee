package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Purchase orders. Their row is the lock of all that belongs to them. */
@ApplicationScoped
class PurchaseOrderRepository implements PanacheRepositoryBase<PurchaseOrderEntity, UUID> {
  private final Sql sql;

  PurchaseOrderRepository(Sql sql) {
    this.sql = sql;
  }

  Optional<PurchaseOrderEntity> lock(UUID id) {
    return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE);
  }

  /** The draft that collects the needs of a supplier and location. */
  Optional<PurchaseOrderEntity> lockCollecting(String supplier, String location) {
    return find("supplier = ?1 and location = ?2 and collecting", supplier, location)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .firstResultOptional();
  }

  /** The drafts of a supplier that no person made, oldest first. */
  List<PurchaseOrderEntity> lockDraftsOfNeeds(String supplier) {
    return find(
            "supplier = ?1 and state = ?2 and not byHand order by number",
            supplier,
            OrderState.DRAFT)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  /** Drafts whose time has come, claimed; those of inactive suppliers wait. */
  List<UUID> claimDue(Instant now, int limit) {
    return sql.list(
        row -> row.getObject("id", UUID.class),
        """
        select o.id from purchase_order o join supplier s on s.code = o.supplier
        where o.send_due_time <= ? and s.active
        order by o.send_due_time, o.number limit ? for update of o skip locked""",
        now,
        limit);
  }

  /** When the next draft is to be sent. */
  Optional<Instant> nextSendDue() {
    return sql.first(
        row -> Sql.instant(row, "due"),
        """
        select min(o.send_due_time) as due from purchase_order o join supplier s on s.code = o.supplier
        where o.send_due_time is not null and s.active""");
  }

  long nextNumber() {
    return sql.number("select nextval('purchase_order_number')");
  }

  /**
   * Makes the collecting draft, unless another transaction has made one: then it waits for that one
   * to end and does nothing.
   */
  void insertCollecting(PurchaseOrderEntity draft) {
    sql.update(
        """
        insert into purchase_order (id, number, supplier, location, state, by_hand, collecting,
            over_receipt_tolerance_percent, under_receipt_tolerance_percent, send_due_time, create_time, version)
        values (?, ?, ?, ?, 'DRAFT', false, true, ?, ?, ?::timestamptz, ?, 0)
        on conflict (supplier, location) where collecting do nothing""",
        draft.id,
        draft.number,
        draft.supplier,
        draft.location,
        draft.overReceiptTolerancePercent,
        draft.underReceiptTolerancePercent,
        draft.sendDueTime,
        draft.createTime);
  }

  /** Purchase orders by number, after a number; an empty supplier, or no states, means all. */
  List<PurchaseOrderEntity> page(
      String supplier, Collection<OrderState> states, long afterNumber, int limit) {
    String filter = "number > :after";
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("after", afterNumber);
    if (!supplier.isEmpty()) {
      filter += " and supplier = :supplier";
      parameters.put("supplier", supplier);
    }
    if (!states.isEmpty()) {
      filter += " and state in :states";
      parameters.put("states", states);
    }
    return find(filter + " order by number", parameters).page(0, limit).list();
  }
}
