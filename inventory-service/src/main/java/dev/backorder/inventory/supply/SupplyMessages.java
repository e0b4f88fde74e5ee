package dev.backorder.inventory.supply;

import static dev.backorder.inventory.book.SupplyKind.PURCHASE;

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
        .setPurchaseOrderId(supply.kind() == PURCHASE ? supply.sourceId() : "")
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
        .setKind(kind(supply))
        .setSourceId(supply.sourceId())
        .build();
  }

  private static SupplyKind kind(SupplyRow supply) {
    return switch (supply.kind()) {
      case PURCHASE -> SupplyKind.SUPPLY_KIND_PURCHASE;
      case QUALITY_HOLD -> SupplyKind.SUPPLY_KIND_QUALITY_HOLD;
      case TRANSFER -> SupplyKind.SUPPLY_KIND_TRANSFER;
    };
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
