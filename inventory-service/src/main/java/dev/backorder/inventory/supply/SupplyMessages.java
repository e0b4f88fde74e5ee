package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyKind;
import dev.backorder.inventory.v1.SupplyState;
import dev.backorder.inventory.wire.Wire;

/** Supplies as the contract writes them. */
final class SupplyMessages {
  private SupplyMessages() {}

  static Supply render(SupplyRow supply) {
    return Supply.newBuilder()
        .setSupplyId(supply.supplyId())
        .setPurchaseOrderId(supply.purchaseOrderId())
        .setSupplier(supply.supplier())
        .setSku(supply.key().sku())
        .setLocation(supply.key().location())
        .setExpectedQuantity(supply.expected())
        .setReceivedQuantity(supply.received())
        .setPeggedQuantity(supply.pegged())
        .setExpectedDate(Wire.date(supply.expectedDate()))
        .setState(state(supply))
        .setOverReceiptToleranceQuantity(supply.tolerance())
        .setSourceVersion(supply.sourceVersion())
        .setKind(
            supply.isQualityHold()
                ? SupplyKind.SUPPLY_KIND_QUALITY_HOLD
                : SupplyKind.SUPPLY_KIND_PURCHASE)
        .build();
  }

  private static SupplyState state(SupplyRow supply) {
    return switch (supply.state()) {
      case PLANNED -> SupplyState.SUPPLY_STATE_PLANNED;
      case CONFIRMED -> SupplyState.SUPPLY_STATE_CONFIRMED;
      case CLOSED -> SupplyState.SUPPLY_STATE_CLOSED;
      case CANCELLED -> SupplyState.SUPPLY_STATE_CANCELLED;
    };
  }
}
