package dev.backorder.cli.orderfile;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads a file invoice by invoice, in file order. Rows of an invoice that stand apart join its
 * first block.
 */
public final class Invoices {

  private final OrderFileScan scan;
  private final Consumer<Invoice> invoices;
  private final Window window;
  private final List<OrderRow> block = new ArrayList<>();
  private final Set<String> joined = new HashSet<>();

  private Invoices(OrderFileScan scan, Window window, Consumer<Invoice> invoices) {
    this.scan = scan;
    this.window = window;
    this.invoices = invoices;
  }

  /**
   * Reads the whole file.
   *
   * @param scan the first pass over the same file and window
   * @param invoices is given each invoice of the window
   * @param rejections is given each row of the window that cannot be used
   */
  public static void read(
      OrderFile file,
      OrderFileScan scan,
      Window window,
      Consumer<Invoice> invoices,
      Consumer<RejectedRow> rejections) {
    Invoices reading = new Invoices(scan, window, invoices);
    file.read(
        reading::take,
        rejected -> {
          if (rejected.isIn(window)) {
            rejections.accept(rejected);
          }
        });
    reading.finishBlock();
  }

  private void take(OrderRow row) {
    if (!window.contains(row.time()) || joined.contains(row.invoice())) {
      return;
    }
    if (!block.isEmpty() && !block.get(0).invoice().equals(row.invoice())) {
      finishBlock();
    }
    block.add(row);
  }

  private void finishBlock() {
    if (block.isEmpty()) {
      return;
    }
    String number = block.get(0).invoice();
    List<OrderRow> late = scan.lateRows(number);
    if (!late.isEmpty()) {
      block.addAll(late);
      joined.add(number);
    }
    Invoice invoice = Invoice.of(block);
    block.clear();
    invoices.accept(invoice);
  }
}
