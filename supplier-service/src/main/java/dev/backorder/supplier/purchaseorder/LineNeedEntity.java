package dev.backorder.supplier.purchaseorder;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A need that a line covers. Insert-only; the primary key lets no need buy twice. */
@Entity
@Table(name = "purchase_order_line_need")
class LineNeedEntity {
  @Id
  @Column(name = "need_id")
  UUID needId;

  @Column(name = "line_id")
  UUID lineId;

  long ordinal;

  long quantity;
}
