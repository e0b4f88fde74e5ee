package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.LocalDate;
import java.util.Optional;

/** A sales policy in a row: of an item, or of a channel of an item. */
@Embeddable
class SalesPolicyColumns {

  @Enumerated(EnumType.STRING)
  @Column(name = "sales_mode")
  SalesMode salesMode;

  @Enumerated(EnumType.STRING)
  @Column(name = "backorder_limit_kind")
  BackorderLimit.Kind backorderLimitKind;

  @Column(name = "backorder_limit_quantity")
  long backorderLimitQuantity;

  @Column(name = "reliability_reserve_percent")
  int reliabilityReservePercent;

  @Column(name = "release_date")
  LocalDate releaseDate;

  @Column(name = "preorder_end_date")
  LocalDate preorderEndDate;

  @Column(name = "lead_time_days")
  int leadTimeDays;

  @Column(name = "max_wait_days")
  int maxWaitDays;

  static SalesPolicyColumns of(SalesPolicy policy) {
    SalesPolicyColumns columns = new SalesPolicyColumns();
    columns.salesMode = policy.mode();
    columns.backorderLimitKind = policy.limit().kind();
    columns.backorderLimitQuantity = policy.limit().quantity();
    columns.reliabilityReservePercent = policy.limit().reliabilityReservePercent();
    columns.releaseDate = policy.releaseDate().orElse(null);
    columns.preorderEndDate = policy.preorderEnd().orElse(null);
    columns.leadTimeDays = policy.leadTimeDays();
    columns.maxWaitDays = policy.maxWaitDays();
    return columns;
  }

  SalesPolicy policy() {
    return new SalesPolicy(
        salesMode,
        new BackorderLimit(backorderLimitKind, backorderLimitQuantity, reliabilityReservePercent),
        Optional.ofNullable(releaseDate),
        Optional.ofNullable(preorderEndDate),
        leadTimeDays,
        maxWaitDays);
  }
}
