package dev.backorder.cli.orderfile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a first pass over a file learns: how much there is to do, the early demand of each SKU, and
 * rows of an invoice that stand apart from its first rows.
 */
public final class OrderFileScan {

  /** Early demand is measured over this long from a SKU's first sale. */
  public static final Duration EARLY = Duration.ofDays(28);

  private final Window window;
  private final Map<String, SkuDemand> demand = new TreeMap<>();
  private final Set<String> finished = new HashSet<>();
  private final Map<String, List<OrderRow>> lateRows = new HashMap<>();
  private String current = "";
  private boolean currentIsLate;
  private long invoiceCount;
  private long rowCount;
  private long outsideCount;
  private Instant first;
  private Instant last;

  private OrderFileScan(Window window) {
    this.window = window;
  }

  /**
   * Demand of one SKU.
   *
   * @param firstSale when it was first ordered
   * @param earlyQuantity ordered within {@link #EARLY} of that
   * @param earlyOrders number of rows it was ordered in, in that time
   * @param unitPrice price at the first sale
   */
  public record SkuDemand(
      Instant firstSale, long earlyQuantity, long earlyOrders, UnitPrice unitPrice) {

    private SkuDemand plus(OrderRow row) {
      boolean early = row.time().isBefore(firstSale.plus(EARLY));
      return early
          ? new SkuDemand(
              firstSale, Math.addExact(earlyQuantity, row.quantity()), earlyOrders + 1, unitPrice)
          : this;
    }
  }

  /** Reads the whole file once. */
  public static OrderFileScan of(OrderFile file, Window window) {
    OrderFileScan scan = new OrderFileScan(window);
    file.read(scan::take, scan::countRejected);
    return scan;
  }

  private void countRejected(RejectedRow row) {
    rowCount++;
    outsideCount += row.isIn(window) ? 0 : 1;
  }

  private void take(OrderRow row) {
    rowCount++;
    if (!window.contains(row.time())) {
      outsideCount++;
      noteLaterDemand(row);
      return;
    }
    if (first == null) {
      first = row.time();
    }
    last = row.time();
    noteInvoice(row);
    if (!row.takesBack()) {
      demand.merge(
          row.sku(),
          new SkuDemand(row.time(), row.quantity(), 1, row.unitPrice()),
          (known, ignored) -> known.plus(row));
    }
  }

  /**
   * A short window would make demand look smaller than it is: look on for as long as early demand
   * is measured.
   */
  private void noteLaterDemand(OrderRow row) {
    if (!row.takesBack() && !row.time().isBefore(window.to())) {
      demand.computeIfPresent(row.sku(), (sku, known) -> known.plus(row));
    }
  }

  private void noteInvoice(OrderRow row) {
    if (!row.invoice().equals(current)) {
      if (!current.isEmpty()) {
        finished.add(current);
      }
      current = row.invoice();
      currentIsLate = finished.contains(current);
      invoiceCount += currentIsLate ? 0 : 1;
    }
    if (currentIsLate) {
      lateRows.computeIfAbsent(row.invoice(), invoice -> new ArrayList<>()).add(row);
    }
  }

  /** Early demand by SKU, in SKU order. */
  public Map<String, SkuDemand> demand() {
    return new TreeMap<>(demand);
  }

  /** Invoices in the window. */
  public long invoiceCount() {
    return invoiceCount;
  }

  /** All rows of the file, rejected ones and those outside the window included. */
  public long rowCount() {
    return rowCount;
  }

  /** Rows outside the window. */
  public long outsideCount() {
    return outsideCount;
  }

  /** Time of the first good row in the window. */
  public Optional<Instant> first() {
    return Optional.ofNullable(first);
  }

  /** Time of the last good row in the window. */
  public Optional<Instant> last() {
    return Optional.ofNullable(last);
  }

  /** Rows that belong to an earlier block of the same invoice. */
  List<OrderRow> lateRows(String invoice) {
    return lateRows.getOrDefault(invoice, List.of());
  }
}
