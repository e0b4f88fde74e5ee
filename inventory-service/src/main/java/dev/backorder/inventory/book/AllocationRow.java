package dev.backorder.inventory.book;

import java.time.Instant;

/**
 * What an order holds, without its lines.
 *
 * @param context in which circumstances it was asked for
 * @param sequence its place among orders, for queues
 * @param version grows with every change
 */
public record AllocationRow(
    String orderId,
    SalesContextRow context,
    long sequence,
    long version,
    Instant createTime,
    Instant updateTime) {

  /** In which circumstances an order was asked for; empty text where the caller said nothing. */
  public record SalesContextRow(
      String channel, String customerClass, int priority, String destinationCountry) {}
}
