package dev.backorder.cli.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.backorder.cli.console.TextTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;

/**
 * The outcome of a replay. Everything but the last two is the same in every run of the same input.
 * Rates are between 0 and 1 and days are days; -1 means that there was nothing to measure.
 *
 * @param orders orders placed, refused ones included
 * @param lines lines of these orders
 * @param unitsOrdered units asked for
 * @param unitsShipped units that left
 * @param unitsBackordered units that had to wait when their order was placed
 * @param unitsCancelled units cancelled before they left
 * @param unitsRefused units refused
 * @param unitFillRate share of the units reserved at once
 * @param lineFillRate share of the lines wholly reserved at once
 * @param orderFillRate share of the orders wholly reserved at once
 * @param promisesTold dates told to customers
 * @param promisesKeptRate share of the decided promises that were kept
 * @param medianWaitDays of units that waited
 * @param p90WaitDays the same, 90th percentile
 * @param purchaseOrders sent to suppliers
 * @param receipts deliveries at the dock, by line
 * @param notificationsSent messages accepted by the mail server
 * @param rejectedRows rows of the file that were not used
 * @param invariants outcome by name
 * @param durationSeconds wall clock, from the first order to the last delivery
 * @param ordersPerSecond of wall clock
 */
public record Figures(
    long orders,
    long lines,
    long unitsOrdered,
    long unitsShipped,
    long unitsBackordered,
    long unitsCancelled,
    long unitsRefused,
    double unitFillRate,
    double lineFillRate,
    double orderFillRate,
    long promisesTold,
    double promisesKeptRate,
    double medianWaitDays,
    double p90WaitDays,
    long purchaseOrders,
    long receipts,
    long notificationsSent,
    long rejectedRows,
    SortedMap<String, Boolean> invariants,
    double durationSeconds,
    double ordersPerSecond) {

  private static final int DECIMALS = 6;

  /** True when every invariant holds. */
  public boolean sound() {
    return !invariants.isEmpty() && invariants.values().stream().allMatch(Boolean::booleanValue);
  }

  /** The documented JSON form. */
  public String toJson() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("orders", orders);
    values.put("lines", lines);
    values.put("units_ordered", unitsOrdered);
    values.put("units_shipped", unitsShipped);
    values.put("units_backordered", unitsBackordered);
    values.put("units_cancelled", unitsCancelled);
    values.put("units_refused", unitsRefused);
    values.put("unit_fill_rate", rounded(unitFillRate));
    values.put("line_fill_rate", rounded(lineFillRate));
    values.put("order_fill_rate", rounded(orderFillRate));
    values.put("promises_told", promisesTold);
    values.put("promises_kept_rate", rounded(promisesKeptRate));
    values.put("median_wait_days", rounded(medianWaitDays));
    values.put("p90_wait_days", rounded(p90WaitDays));
    values.put("purchase_orders", purchaseOrders);
    values.put("receipts", receipts);
    values.put("notifications_sent", notificationsSent);
    values.put("rejected_rows", rejectedRows);
    values.put("invariants", invariants);
    values.put("duration_seconds", rounded(durationSeconds));
    values.put("orders_per_second", rounded(ordersPerSecond));
    try {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      return mapper.writeValueAsString(values) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts always have a JSON form", e);
    }
  }

  private static BigDecimal rounded(double value) {
    BigDecimal rounded =
        BigDecimal.valueOf(value).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** The same for people: name and value, in a fixed order. */
  public Map<String, String> readable() {
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Orders", count(orders));
    rows.put("Order lines", count(lines));
    rows.put("Units ordered", count(unitsOrdered));
    rows.put("Units shipped", count(unitsShipped));
    rows.put("Units backordered", count(unitsBackordered));
    rows.put("Units cancelled", count(unitsCancelled));
    rows.put("Units refused", count(unitsRefused));
    rows.put("Unit fill rate", percent(unitFillRate));
    rows.put("Line fill rate", percent(lineFillRate));
    rows.put("Order fill rate", percent(orderFillRate));
    rows.put("Promises told", count(promisesTold));
    rows.put("Promises kept", percent(promisesKeptRate));
    rows.put("Median wait", days(medianWaitDays));
    rows.put("90th percentile wait", days(p90WaitDays));
    rows.put("Purchase orders", count(purchaseOrders));
    rows.put("Receipts", count(receipts));
    rows.put("Messages sent", count(notificationsSent));
    rows.put("Rows rejected", count(rejectedRows));
    rows.put("Duration", String.format(Locale.ROOT, "%.1f s", durationSeconds));
    rows.put("Orders per second", String.format(Locale.ROOT, "%.1f", ordersPerSecond));
    return rows;
  }

  /** The same as a table for the console. */
  public TextTable table() {
    TextTable table = new TextTable("", "");
    readable().forEach(table::row);
    return table;
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return share < 0 ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String days(double days) {
    return days < 0 ? "-" : String.format(Locale.ROOT, "%.1f d", days);
  }
}
