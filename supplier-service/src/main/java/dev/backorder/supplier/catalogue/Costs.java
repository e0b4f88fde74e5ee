package dev.backorder.supplier.catalogue;

import dev.backorder.common.v1.Price;
import dev.backorder.supplier.catalogue.model.Cost;

/** Costs on the wire. */
public final class Costs {
  private Costs() {}

  /** A cost as the wire has it. */
  public static Price toWire(Cost cost) {
    return Price.newBuilder()
        .setCurrencyCode(cost.currency())
        .setAmountMinor(cost.amountMinor())
        .setPriceQuantity(cost.perQuantity())
        .build();
  }

  /** A cost from the wire, whose rules the contract has checked. */
  public static Cost parse(Price price) {
    return new Cost(
        price.getCurrencyCode(), price.getAmountMinor(), Math.max(1, price.getPriceQuantity()));
  }
}
