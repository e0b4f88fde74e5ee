package dev.backorder.cli.orderfile;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Collects rejected rows: all of them go to a CSV file, the counts and a few examples of each
 * reason stay in memory.
 */
public final class Rejections implements AutoCloseable {

  private static final int EXAMPLES = 5;

  private final CSVPrinter printer;
  private final Map<RejectReason, Long> counts = new EnumMap<>(RejectReason.class);
  private final Map<RejectReason, List<RejectedRow>> examples = new EnumMap<>(RejectReason.class);

  private Rejections(CSVPrinter printer) {
    this.printer = printer;
  }

  /** Writes the list to this file. */
  public static Rejections writingTo(Path file) {
    try {
      BufferedWriter writer = Files.newBufferedWriter(file);
      CSVFormat format =
          CSVFormat.DEFAULT.builder().setHeader("line", "reason", "detail", "row").get();
      return new Rejections(new CSVPrinter(writer, format));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes one rejected row. */
  public void add(RejectedRow row) {
    counts.merge(row.reason(), 1L, Math::addExact);
    List<RejectedRow> shown = examples.computeIfAbsent(row.reason(), reason -> new ArrayList<>());
    if (shown.size() < EXAMPLES) {
      shown.add(row);
    }
    try {
      printer.printRecord(row.lineNumber(), row.reason().key(), row.detail(), row.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Rejects a row that could be read. */
  public void add(OrderRow row, RejectReason reason, String detail) {
    String text =
        String.join(
            ",",
            row.invoice(),
            row.sku(),
            Long.toString(row.quantity()),
            row.time().toString(),
            row.unitPrice().amountMinor() + "/" + row.unitPrice().priceQuantity(),
            row.customer(),
            row.country());
    add(new RejectedRow(row.lineNumber(), reason, detail, text, Optional.of(row.time())));
  }

  /** Rows by reason; reasons without rows are missing. */
  public Map<RejectReason, Long> counts() {
    return new EnumMap<>(counts);
  }

  /** All rejected rows. */
  public long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The first few rows of each reason. */
  public List<RejectedRow> examples(RejectReason reason) {
    return List.copyOf(examples.getOrDefault(reason, List.of()));
  }

  @Override
  public void close() {
    try {
      printer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
