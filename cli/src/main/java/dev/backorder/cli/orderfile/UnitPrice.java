package dev.backorder.cli.orderfile;

import java.math.BigDecimal;

/**
 * A price without rounding: so many minor units of the currency for so many units of the item. 2.55
 * is 255 for 1; 0.001 is 1 for 10.
 *
 * @param amountMinor minor units of the currency
 * @param priceQuantity units of the item that the amount buys
 */
public record UnitPrice(long amountMinor, long priceQuantity) {

  private static final int MINOR_DIGITS = 2;
  private static final int MAX_EXTRA_DIGITS = 6;

  /** Converts a decimal number of the currency's main unit. */
  static UnitPrice of(BigDecimal price) {
    BigDecimal plain = price.stripTrailingZeros();
    int extraDigits = Math.max(0, plain.scale() - MINOR_DIGITS);
    if (extraDigits > MAX_EXTRA_DIGITS) {
      throw new ArithmeticException("more than 8 decimals");
    }
    return new UnitPrice(
        plain.movePointRight(MINOR_DIGITS + extraDigits).longValueExact(),
        BigDecimal.TEN.pow(extraDigits).longValueExact());
  }
}
