package dev.backorder.cli.orderfile;

import java.time.Instant;

/**
 * One well-formed row of an order file.
 *
 * @param lineNumber line in the file, from 1, the heading included
 * @param invoice the merchant's order number; rows of one number are one order
 * @param sku item
 * @param quantity smallest units; negative takes back
 * @param time when it happened
 * @param unitPrice price of one unit
 * @param customer the merchant's customer number; empty when unknown
 * @param country destination; empty when unknown
 */
public record OrderRow(
    long lineNumber,
    String invoice,
    String sku,
    long quantity,
    Instant time,
    UnitPrice unitPrice,
    String customer,
    String country) {

  /** True when the row takes units back instead of ordering them. */
  public boolean takesBack() {
    return quantity < 0 || isCancellation(invoice);
  }

  /** In the data that this format comes from, a number that starts with C is a cancellation. */
  static boolean isCancellation(String invoice) {
    return invoice.startsWith("C") || invoice.startsWith("c");
  }
}
