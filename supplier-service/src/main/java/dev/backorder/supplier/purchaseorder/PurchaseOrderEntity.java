package dev.backorder.supplier.purchaseorder;

import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.purchaseorder.model.Tolerance;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

@Entity
@Table(name = "purchase_order")
class PurchaseOrderEntity {
  @Id UUID id;

  long number;

  String supplier;

  String location;

  @Enumerated(EnumType.STRING)
  OrderState state;

  @Column(name = "by_hand")
  boolean byHand;

  boolean collecting;

  @Column(name = "over_receipt_tolerance_percent")
  int overReceiptTolerancePercent;

  @Column(name = "under_receipt_tolerance_percent")
  int underReceiptTolerancePercent;

  @Column(name = "send_due_time")
  Instant sendDueTime;

  @Column(name = "create_time")
  Instant createTime;

  @Column(name = "sent_time")
  Instant sentTime;

  @Column(name = "acknowledged_time")
  Instant acknowledgedTime;

  @Column(name = "closed_time")
  Instant closedTime;

  long version;

  /** The number as people say it. */
  String label() {
    return String.format(Locale.ROOT, "PO-%06d", number);
  }

  Tolerance tolerance() {
    return new Tolerance(overReceiptTolerancePercent, underReceiptTolerancePercent);
  }
}
