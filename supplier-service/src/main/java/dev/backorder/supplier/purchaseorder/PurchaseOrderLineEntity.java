package dev.backorder.supplier.purchaseorder;

import dev.backorder.supplier.catalogue.CostColumns;
import dev.backorder.supplier.purchaseorder.model.LineState;
import dev.backorder.supplier.purchaseorder.model.OrderLine;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

@Entity
@Table(name = "purchase_order_line")
class PurchaseOrderLineEntity {
  @Id UUID id;

  @Column(name = "purchase_order_id")
  UUID purchaseOrderId;

  int position;

  String sku;

  @Column(name = "wanted_quantity")
  long wantedQuantity;

  @Column(name = "ordered_quantity")
  long orderedQuantity;

  @Column(name = "accepted_quantity")
  long acceptedQuantity;

  @Column(name = "received_quantity")
  long receivedQuantity;

  @Enumerated(EnumType.STRING)
  LineState state;

  @Column(name = "expected_date")
  LocalDate expectedDate;

  @Column(name = "first_promised_date")
  LocalDate firstPromisedDate;

  @Column(name = "lead_time_days")
  int leadTimeDays;

  @Embedded CostColumns cost;

  OrderLine line() {
    return new OrderLine(
        id,
        sku,
        wantedQuantity,
        orderedQuantity,
        acceptedQuantity,
        receivedQuantity,
        state,
        expectedDate,
        Optional.ofNullable(firstPromisedDate),
        leadTimeDays);
  }

  /** Takes over all that a verb may change. */
  void set(OrderLine line) {
    wantedQuantity = line.wanted();
    orderedQuantity = line.ordered();
    acceptedQuantity = line.accepted();
    receivedQuantity = line.received();
    state = line.state();
    expectedDate = line.expectedDate();
    firstPromisedDate = line.firstPromised().orElse(null);
  }
}
