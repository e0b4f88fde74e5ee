package dev.backorder.order.order.model;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Money of lines: price x quantity, rounded half up per line. */
public final class LineTotals {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private LineTotals() {}

  /**
   * What a line costs in minor units; empty when it is more than a number can hold.
   *
   * @param amountMinor minor units for {@code priceQuantity} units
   * @param priceQuantity units that the amount buys, at least 1
   */
  public static OptionalLong of(long amountMinor, long priceQuantity, long quantity) {
    BigInteger doubled =
        BigInteger.valueOf(amountMinor).multiply(BigInteger.valueOf(quantity)).shiftLeft(1);
    BigInteger divisor = BigInteger.valueOf(priceQuantity);
    BigInteger rounded = doubled.add(divisor).divide(divisor.shiftLeft(1));
    return rounded.compareTo(LARGEST) > 0
        ? OptionalLong.empty()
        : OptionalLong.of(rounded.longValueExact());
  }
}
