package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.supplier.catalogue.SupplierChanged;
import dev.backorder.supplier.catalogue.Suppliers;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Drafts: they collect needs, and are sent when their time has come. */
@ApplicationScoped
@Transactional
public class Drafts {
  private static final int MOST_LOOKS = 5;

  private final Suppliers suppliers;
  private final PurchaseOrderRepository orders;
  private final StoredOrders stored;
  private final PurchaseOrderChanges changes;
  private final PurchaseOrderConfig config;
  private final Ids ids;
  private final Clock clock;

  Drafts(
      Suppliers suppliers,
      PurchaseOrderRepository orders,
      StoredOrders stored,
      PurchaseOrderChanges changes,
      PurchaseOrderConfig config,
      Ids ids,
      Clock clock) {
    this.suppliers = suppliers;
    this.orders = orders;
    this.stored = stored;
    this.changes = changes;
    this.config = config;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Adds needs to the collecting draft of a supplier and location, in this order; opens drafts as
   * needed. One change for each draft that is touched.
   */
  public void addNeeds(String supplier, String location, List<NeededUnits> needs) {
    SupplierProfile profile = suppliers.get(supplier);
    int next = 0;
    while (next < needs.size()) {
      StoredOrder draft = lockCollecting(profile, location);
      DraftLines lines = linesOf(draft, profile);
      while (next < needs.size() && fits(lines.order(), needs.get(next))) {
        lines.add(needs.get(next++));
      }
      draft.header().collecting = lines.order().lines().size() < config.mostDraftLines();
      changes.write(draft, lines.order(), lines.additions(), drafted());
    }
  }

  /** Sends drafts that are due; returns how many. */
  int sendDue(Instant now, int limit) {
    List<UUID> due = orders.claimDue(now, limit);
    due.forEach(id -> send(stored.lock(id), now));
    return due.size();
  }

  /** Sends a draft on the supplier's present terms. */
  void send(StoredOrder draft, Instant now) {
    SupplierProfile supplier = suppliers.get(draft.header().supplier);
    PurchaseOrder sent =
        Refusals.changed(
                draft
                    .order()
                    .send(
                        PurchaseOrders.toleranceOf(supplier),
                        leadTimeDays -> supplier.arrivalOf(now, leadTimeDays)))
            .orElseThrow();
    changes.write(
        draft,
        sent,
        PurchaseOrderChanges.Additions.NONE,
        new PurchaseOrderChanges.Change(
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_SENT, "", now));
  }

  /** A supplier's delay changed: its waiting drafts follow. */
  void retime(@Observes SupplierChanged change) {
    SupplierProfile supplier = change.supplier();
    for (PurchaseOrderEntity header : orders.lockDraftsOfNeeds(supplier.code())) {
      Instant due = supplier.sendDue(header.createTime).orElse(null);
      if (!Objects.equals(due, header.sendDueTime)) {
        StoredOrder draft = stored.whole(header);
        header.sendDueTime = due;
        changes.write(draft, draft.order(), PurchaseOrderChanges.Additions.NONE, drafted());
      }
    }
  }

  private boolean fits(PurchaseOrder order, NeededUnits need) {
    return order.lines().size() < config.mostDraftLines()
        || order.growingLine(need.offer().sku()).isPresent();
  }

  private DraftLines linesOf(StoredOrder draft, SupplierProfile profile) {
    Instant due = draft.header().sendDueTime;
    Instant now = clock.instant();
    return new DraftLines(
        draft.order(), profile, due == null || due.isBefore(now) ? now : due, ids);
  }

  private StoredOrder lockCollecting(SupplierProfile profile, String location) {
    for (int look = 0; look < MOST_LOOKS; look++) {
      var found = orders.lockCollecting(profile.code(), location);
      if (found.isPresent()) {
        return stored.whole(found.get());
      }
      orders.insertCollecting(newDraft(profile, location));
    }
    throw new Transactions.LostRace("the draft of " + profile.code());
  }

  private PurchaseOrderEntity newDraft(SupplierProfile profile, String location) {
    PurchaseOrderEntity draft = new PurchaseOrderEntity();
    draft.id = ids.next();
    draft.number = orders.nextNumber();
    draft.supplier = profile.code();
    draft.location = location;
    draft.state = OrderState.DRAFT;
    draft.overReceiptTolerancePercent = profile.overReceiptTolerancePercent();
    draft.underReceiptTolerancePercent = profile.underReceiptTolerancePercent();
    draft.createTime = now();
    draft.sendDueTime = profile.sendDue(draft.createTime).orElse(null);
    return draft;
  }

  private PurchaseOrderChanges.Change drafted() {
    return new PurchaseOrderChanges.Change(
        PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_DRAFTED, "", now());
  }

  /** To the microsecond, as the database keeps it. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
