package dev.backorder.order.order.model;

import java.math.BigInteger;
import java.util.OptionalLong;

/** Money of lines: price x quantity, rounded half up per line. */
public final class LineTotals {
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private LineTotals() {}

  /**
   * A line with its price.
   *
   * @param amountMinor minor units for {@code priceQuantity} units
   * @param quantity units ordered
   */
  public record Priced(long amountMinor, long priceQuantity, long quantity) {}

  /**
   * What some units of a line cost when others left before them: the line's cost up to the last of
   * them less its cost up to the first, each rounded half up. So the shares of all units sum
   * exactly to the total, however they are parcelled.
   *
   * @param before units that left before
   * @param now units that leave now; together at most what was ordered
   */
  public static long share(Priced line, long before, long now) {
    long units = Math.addExact(before, now);
    if (before < 0 || now < 0 || units > line.quantity()) {
      throw new IllegalArgumentException(
          "%d and %d units of %d".formatted(before, now, line.quantity()));
    }
    return upTo(line, units) - upTo(line, before);
  }

  private static long upTo(Priced line, long units) {
    return of(line.amountMinor(), line.priceQuantity(), units).orElseThrow();
  }

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
