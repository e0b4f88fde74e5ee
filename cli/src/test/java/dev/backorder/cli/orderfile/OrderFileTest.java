package dev.backorder.cli.orderfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderFileTest {

  private static final ZoneId LONDON = ZoneId.of("Europe/London");
  private static final RowRules RULES =
      new RowRules(LONDON, Set.of("POST", "BANK CHARGES"), List.of(Pattern.compile("gift_.*")));
  private static final String HEADING = "invoice,sku,qty,ts,unit_price,customer,country\n";

  @TempDir private Path folder;

  private final List<OrderRow> rows = new ArrayList<>();
  private final List<RejectedRow> rejected = new ArrayList<>();

  @Test
  void reads_a_row_with_its_time_in_the_warehouse_zone_and_its_price_without_rounding()
      throws IOException {
    read(HEADING + "536365,85123A,6,2011-07-01 08:26,2.55,17850,United Kingdom\n");

    assertThat(rejected).isEmpty();
    assertThat(rows)
        .containsExactly(
            new OrderRow(
                2,
                "536365",
                "85123A",
                6,
                Instant.parse("2011-07-01T07:26:00Z"),
                new UnitPrice(255, 1),
                "17850",
                "United Kingdom"));
  }

  @Test
  void takes_columns_in_any_order_the_other_price_column_offsets_and_gzip() throws IOException {
    Path file = folder.resolve("orders.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(
          "ts,unit_price_gbp,extra,sku,invoice,qty\n2011-01-01T00:00:00+02:00,0.001,x,A,1,3\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    new OrderFile(file, RULES).read(rows::add, rejected::add);

    assertThat(rows)
        .containsExactly(
            new OrderRow(
                2,
                "1",
                "A",
                3,
                Instant.parse("2010-12-31T22:00:00Z"),
                new UnitPrice(1, 10),
                "",
                ""));
  }

  @Test
  void rejects_each_unusable_row_for_the_first_reason_that_applies() throws IOException {
    read(
        HEADING
            + "1,POST,1,2011-01-01 10:00,0,1,UK\n"
            + "1,post,1,2011-01-01 10:00,9,1,UK\n"
            + "1,BANK CHARGES,1,2011-01-01 10:00,9,1,UK\n"
            + "1,gift_0001_20,1,2011-01-01 10:00,9,1,UK\n"
            + "1,A,1,2011-01-01 10:00,0,1,UK\n"
            + "1,A,1,2011-01-01 10:00,-2,1,UK\n"
            + "1,A,0,2011-01-01 10:00,2,1,UK\n"
            + "C1,A,1,2011-01-01 10:00,2,1,UK\n"
            + "1,A,many,2011-01-01 10:00,2,1,UK\n"
            + "1,A,1,yesterday,2,1,UK\n"
            + ",A,1,2011-01-01 10:00,2,1,UK\n"
            + "1,A B,1,2011-01-01 10:00,2,1,UK\n"
            + "1,A\n"
            + "1,A,2000000000,2011-01-01 10:00,2,1,UK\n");

    assertThat(rows).isEmpty();
    assertThat(rejected)
        .extracting(RejectedRow::reason)
        .containsExactly(
            RejectReason.NOT_GOODS,
            RejectReason.NOT_GOODS,
            RejectReason.NOT_GOODS,
            RejectReason.NOT_GOODS,
            RejectReason.PRICE_NOT_POSITIVE,
            RejectReason.PRICE_NOT_POSITIVE,
            RejectReason.QUANTITY_ZERO,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED,
            RejectReason.MALFORMED);
    assertThat(rejected.get(8).detail()).contains("qty");
    assertThat(rejected.get(9).detail()).contains("ts");
    assertThat(rejected.get(10).detail()).contains("invoice");
    assertThat(rejected.get(11).detail()).contains("sku");
    assertThat(rejected.get(8).text()).isEqualTo("1,A,many,2011-01-01 10:00,2,1,UK");
  }

  @Test
  void names_the_columns_that_a_file_lacks() {
    assertThatThrownBy(() -> read("invoice,sku\n1,A\n"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("no column qty, ts, unit_price");
    assertThatThrownBy(() -> new OrderFile(folder.resolve("missing.csv"), RULES))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("missing.csv cannot be read");
  }

  @Test
  void rows_of_one_invoice_are_one_order_also_when_some_stand_apart() throws IOException {
    OrderFile file =
        write(
            HEADING
                + "1,A,1,2011-01-01 10:00,2,7,UK\n"
                + "1,A,2,2011-01-01 10:01,2,7,UK\n"
                + "2,B,3,2011-01-01 10:02,2,8,UK\n"
                + "1,C,4,2011-01-01 10:03,2,7,UK\n"
                + "3,D,5,2011-01-01 10:04,2,9,UK\n");
    Window window = Window.ofDays(Optional.empty(), Optional.empty(), LONDON);
    OrderFileScan scan = OrderFileScan.of(file, window);
    List<Invoice> invoices = new ArrayList<>();
    Invoices.read(file, scan, window, invoices::add, rejected::add);

    assertThat(invoices).extracting(Invoice::number).containsExactly("1", "2", "3");
    assertThat(invoices.get(0).rows()).extracting(OrderRow::quantity).containsExactly(1L, 2L, 4L);
    assertThat(scan.invoiceCount()).isEqualTo(3);
  }

  @Test
  void a_window_of_days_counts_what_lies_outside_rejected_rows_included() throws IOException {
    OrderFile file =
        write(
            HEADING
                + "1,A,1,2011-01-01 23:59,2,7,UK\n"
                + "2,POST,1,2011-01-01 23:59,2,7,UK\n"
                + "3,A,5,2011-01-02 00:00,2,7,UK\n"
                + "4,POST,1,2011-01-02 23:59,2,7,UK\n"
                + "5,A,1,2011-01-03 00:00,2,7,UK\n");
    LocalDate day = LocalDate.of(2011, 1, 2);
    Window window = Window.ofDays(Optional.of(day), Optional.of(day), LONDON);
    OrderFileScan scan = OrderFileScan.of(file, window);
    Invoices.read(file, scan, window, invoice -> rows.addAll(invoice.rows()), rejected::add);

    assertThat(rows).extracting(OrderRow::invoice).containsExactly("3");
    assertThat(rejected).extracting(RejectedRow::lineNumber).containsExactly(5L);
    assertThat(scan.rowCount()).isEqualTo(5);
    assertThat(scan.outsideCount()).isEqualTo(3);
    // A short window would hide demand: what follows within four weeks counts, what came before
    // does not.
    assertThat(scan.demand().get("A").earlyQuantity()).isEqualTo(6);
  }

  private void read(String text) throws IOException {
    write(text).read(rows::add, rejected::add);
  }

  private OrderFile write(String text) throws IOException {
    return new OrderFile(Files.writeString(folder.resolve("orders.csv"), text), RULES);
  }
}
