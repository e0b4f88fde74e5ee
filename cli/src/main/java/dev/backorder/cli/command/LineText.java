package dev.backorder.cli.command;

import dev.backorder.cli.console.CommandFailure;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An order line as it is typed: {@code SKU:QTY} or {@code SKU:QTY@PRICE}.
 *
 * @param sku item
 * @param quantity units
 * @param priceMinor price of one unit in minor units
 */
record LineText(String sku, long quantity, long priceMinor) {

  private static final Pattern FORM =
      Pattern.compile("([^:@]+):(\\d{1,10})(?:@(\\d{1,10}(?:\\.\\d{1,2})?))?");

  static LineText parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw CommandFailure.usage(
          "`" + text + "` is no order line: write SKU:QTY or SKU:QTY@PRICE, as 85123A:6@2.55.");
    }
    String price = matcher.group(3) == null ? "0" : matcher.group(3);
    return new LineText(
        matcher.group(1),
        Long.parseLong(matcher.group(2)),
        new BigDecimal(price).movePointRight(2).longValueExact());
  }
}
