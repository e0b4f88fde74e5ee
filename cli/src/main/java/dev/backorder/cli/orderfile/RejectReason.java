package dev.backorder.cli.orderfile;

import java.util.Locale;

/** Why a row of an order file is neither an order line nor a cancellation or return. */
public enum RejectReason {
  /** A column is missing or cannot be read. */
  MALFORMED("A column is missing or cannot be read"),
  /** Postage, fees, samples, vouchers: the scenario says which SKUs. */
  NOT_GOODS("Not goods: postage, fees, samples, vouchers, manual corrections"),
  /** A gift, a stock correction or a bad debt: nobody bought anything. */
  PRICE_NOT_POSITIVE("Price is zero or negative: a stock correction or a gift, not a sale"),
  /** Nothing was ordered. */
  QUANTITY_ZERO("Quantity is zero"),
  /** Takes back more than the same customer bought before, in this window. */
  NO_MATCHING_SALE("Takes back what this customer did not buy before, within the window"),
  /** Takes back a sale that was not accepted in the first place. */
  SALE_REFUSED("Takes back a sale that was refused for lack of stock"),
  /** The order has more lines than a service takes. */
  TOO_MANY_LINES("The order has more lines than the limit of 2,000");

  private final String description;

  RejectReason(String description) {
    this.description = description;
  }

  /** One sentence for people. */
  public String description() {
    return description;
  }

  /** Key in JSON and CSV: {@code not_goods}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
