package dev.backorder.cli.orderfile;

import dev.backorder.cli.console.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * An order file: CSV with a heading, UTF-8, optionally gzipped, in time order. Columns {@code
 * invoice, sku, qty, ts, unit_price} (or {@code unit_price_gbp}){@code , customer, country}, in any
 * order; further columns are ignored. Rows are read one by one, so the file may be larger than
 * memory.
 */
public final class OrderFile {

  private static final List<String> REQUIRED = List.of("invoice", "sku", "qty", "ts");
  private static final List<String> PRICE_COLUMNS = List.of("unit_price", "unit_price_gbp");
  // What the services' contracts take; their rules stand in the .proto files.
  private static final Pattern INVOICE = Pattern.compile("[A-Za-z0-9._:/-]{1,50}");
  private static final Pattern SKU = Pattern.compile("[A-Za-z0-9._/-]{1,64}");
  private static final Pattern CUSTOMER = Pattern.compile("[A-Za-z0-9._:-]{0,60}");
  private static final long MAX_QUANTITY = 1_000_000_000L;
  private static final long MAX_AMOUNT_MINOR = 1_000_000_000_000L;
  private static final Pattern OFFSET_AT_END = Pattern.compile("T.*[+-][0-9]{2}:?[0-9]{2}$");
  private static final DateTimeFormatter LOCAL_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd[['T'][ ]HH:mm[:ss[.SSS]]]")
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .toFormatter(java.util.Locale.ROOT);

  private final Path path;
  private final RowRules rules;
  private String lastTimeText = "";
  private Instant lastTime = Instant.EPOCH;

  /** A file that exists, read by these rules. */
  public OrderFile(Path path, RowRules rules) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw CommandFailure.usage(
          "The order file " + path + " cannot be read: check the name given with --orders.");
    }
    this.path = path;
    this.rules = rules;
  }

  /** Reads the file from the start; every row goes to exactly one of the two. */
  public void read(Consumer<OrderRow> rows, Consumer<RejectedRow> rejected) {
    try (InputStream in = open();
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
        CSVParser parser = CSVParser.parse(reader, format())) {
      String priceColumn = requireColumns(parser.getHeaderMap());
      Iterator<CSVRecord> records = parser.iterator();
      while (records.hasNext()) {
        parse(records.next(), priceColumn, rows, rejected);
      }
    } catch (IOException | UncheckedIOException e) {
      throw CommandFailure.usage(
          "The order file " + path + " cannot be read: " + e.getMessage() + ".");
    }
  }

  private InputStream open() throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    raw.mark(2);
    boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return gzip ? new GZIPInputStream(raw, 1 << 16) : raw;
  }

  private static CSVFormat format() {
    return CSVFormat.DEFAULT
        .builder()
        .setHeader()
        .setSkipHeaderRecord(true)
        .setTrim(true)
        .setIgnoreHeaderCase(true)
        .get();
  }

  private String requireColumns(Map<String, Integer> columns) {
    List<String> missing = REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
    Optional<String> price = PRICE_COLUMNS.stream().filter(columns::containsKey).findFirst();
    if (!missing.isEmpty() || price.isEmpty()) {
      String names =
          String.join(", ", missing)
              + (price.isEmpty() ? (missing.isEmpty() ? "" : ", ") + "unit_price" : "");
      throw CommandFailure.usage(
          "The order file "
              + path
              + " has no column "
              + names
              + ": its first line must name invoice,sku,qty,ts,unit_price,customer,country.");
    }
    return price.get();
  }

  private void parse(
      CSVRecord row, String priceColumn, Consumer<OrderRow> rows, Consumer<RejectedRow> rejected) {
    // The heading is line 1 of the file and no record.
    long line = row.getRecordNumber() + 1;
    Optional<Instant> time = Optional.empty();
    try {
      time = Optional.of(time(text(row, "ts")));
      // Before the form of the SKU: what is not goods may be called anything.
      if (!rules.isGoods(text(row, "sku"))) {
        Verdict notGoods = new Verdict(RejectReason.NOT_GOODS, text(row, "sku"));
        rejected.accept(reject(line, notGoods, row, time));
        return;
      }
      OrderRow parsed =
          new OrderRow(
              line,
              matching(row, "invoice", INVOICE),
              matching(row, "sku", SKU),
              Long.parseLong(text(row, "qty")),
              time.get(),
              UnitPrice.of(new BigDecimal(text(row, priceColumn))),
              matching(row, "customer", CUSTOMER),
              optional(row, "country"));
      Optional<Verdict> verdict = judge(parsed);
      if (verdict.isEmpty()) {
        rows.accept(parsed);
      } else {
        rejected.accept(reject(line, verdict.get(), row, time));
      }
    } catch (NumberFormatException | ArithmeticException e) {
      rejected.accept(
          reject(line, malformed("qty or " + priceColumn + " is not a number"), row, time));
    } catch (DateTimeException e) {
      rejected.accept(reject(line, malformed("ts is not a time (yyyy-MM-dd HH:mm)"), row, time));
    } catch (BadColumnException e) {
      rejected.accept(reject(line, malformed(e.getMessage()), row, time));
    }
  }

  /** Why a row is not used. */
  private record Verdict(RejectReason reason, String detail) {}

  /** The order of the questions matters: a row counts under the first reason that applies. */
  private Optional<Verdict> judge(OrderRow row) {
    if (row.unitPrice().amountMinor() <= 0) {
      return Optional.of(new Verdict(RejectReason.PRICE_NOT_POSITIVE, ""));
    }
    if (row.quantity() == 0) {
      return Optional.of(new Verdict(RejectReason.QUANTITY_ZERO, ""));
    }
    if (Math.abs(row.quantity()) > MAX_QUANTITY
        || row.unitPrice().amountMinor() > MAX_AMOUNT_MINOR) {
      return Optional.of(malformed("qty or price is above the limit"));
    }
    if (OrderRow.isCancellation(row.invoice()) && row.quantity() > 0) {
      return Optional.of(malformed("a cancellation must have a negative qty"));
    }
    return Optional.empty();
  }

  private static Verdict malformed(String detail) {
    return new Verdict(RejectReason.MALFORMED, detail);
  }

  private static RejectedRow reject(
      long line, Verdict verdict, CSVRecord row, Optional<Instant> time) {
    return new RejectedRow(
        line, verdict.reason(), verdict.detail(), String.join(",", row.values()), time);
  }

  private static String matching(CSVRecord row, String column, Pattern pattern) {
    String value = optional(row, column);
    if (!pattern.matcher(value).matches()) {
      throw new BadColumnException(
          value.isEmpty()
              ? column + " is missing"
              : column + " has characters that no service takes");
    }
    return value;
  }

  private static String text(CSVRecord row, String column) {
    String value = optional(row, column);
    if (value.isEmpty()) {
      throw new BadColumnException(column + " is missing");
    }
    return value;
  }

  private static String optional(CSVRecord row, String column) {
    return row.isSet(column) ? row.get(column).strip() : "";
  }

  /** Neighbouring rows mostly carry the same time, and reading one is the costly part of a row. */
  private Instant time(String text) {
    if (!text.equals(lastTimeText)) {
      lastTime = parseTime(text, rules.zone());
      lastTimeText = text;
    }
    return lastTime;
  }

  private static Instant parseTime(String text, ZoneId zone) {
    if (text.endsWith("Z") || OFFSET_AT_END.matcher(text).find()) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text, Instant::from);
    }
    return LocalDateTime.parse(text, LOCAL_TIME).atZone(zone).toInstant();
  }

  /** A column that must have a value has none, or one that no service takes. */
  private static final class BadColumnException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BadColumnException(String message) {
      super(message);
    }
  }
}
