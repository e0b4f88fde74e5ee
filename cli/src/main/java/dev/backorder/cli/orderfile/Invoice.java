package dev.backorder.cli.orderfile;

import java.time.Instant;
import java.util.List;

/**
 * All rows of one invoice number, in file order.
 *
 * @param number the merchant's order number
 * @param time when the first row happened
 * @param customer the merchant's customer number; empty when unknown
 * @param country destination; empty when unknown
 * @param rows at least one
 */
public record Invoice(
    String number, Instant time, String customer, String country, List<OrderRow> rows) {

  /** Takes the common facts from the first row. */
  static Invoice of(List<OrderRow> rows) {
    OrderRow first = rows.get(0);
    return new Invoice(
        first.invoice(), first.time(), first.customer(), first.country(), List.copyOf(rows));
  }

  /** Rows that order something. */
  public List<OrderRow> orderLines() {
    return rows.stream().filter(row -> !row.takesBack()).toList();
  }

  /** Rows that take something back. */
  public List<OrderRow> takenBack() {
    return rows.stream().filter(OrderRow::takesBack).toList();
  }
}
