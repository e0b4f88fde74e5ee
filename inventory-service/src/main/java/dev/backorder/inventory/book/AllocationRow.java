package dev.backorder.inventory.book;

import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SourcingPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
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

  /**
   * In which circumstances an order was asked for; empty text where the caller said nothing.
   *
   * @param sourcingPolicy name of the contract's value
   */
  public record SalesContextRow(
      String channel,
      String customerClass,
      int priority,
      String destinationCountry,
      String pickUpLocation,
      String sourcingPolicy) {

    /** As the contract writes it. */
    public SalesContext message() {
      SalesContext.Builder message =
          SalesContext.newBuilder()
              .setChannel(channel)
              .setCustomerClass(customerClass)
              .setPriority(priority)
              .setDestinationCountry(destinationCountry)
              .setPickUpLocation(pickUpLocation);
      if (!sourcingPolicy.isEmpty()) {
        message.setSourcingPolicy(SourcingPolicy.valueOf(sourcingPolicy));
      }
      return message.build();
    }

    /** From the columns of these names. */
    static SalesContextRow read(ResultSet row) throws SQLException {
      return new SalesContextRow(
          row.getString("channel"),
          row.getString("customer_class"),
          row.getInt("priority"),
          row.getString("destination_country"),
          row.getString("pick_up_location"),
          row.getString("sourcing_policy"));
    }
  }
}
