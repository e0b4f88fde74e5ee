package dev.backorder.cli.orderfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.scenario.ScenarioFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledDataTest {

  @TempDir private Path folder;

  @Test
  void every_row_of_the_bundled_year_is_an_order_line_a_cancellation_or_a_rejected_row()
      throws IOException {
    Path copy = folder.resolve("orders.csv.gz");
    try (InputStream in = getClass().getResourceAsStream("/data/online_retail_lines.csv.gz")) {
      Files.copy(in, copy);
    }
    OrderFile file = new OrderFile(copy, ScenarioFile.bundled().rowRules());
    Window all =
        Window.ofDays(
            Optional.empty(), Optional.empty(), ScenarioFile.bundled().warehouse().zone());
    OrderFileScan scan = OrderFileScan.of(file, all);

    Map<RejectReason, Long> rejected = new EnumMap<>(RejectReason.class);
    Sales sales = new Sales();
    long[] counts = new long[4];
    Invoices.read(
        file,
        scan,
        all,
        invoice -> {
          counts[0]++;
          for (int i = 0; i < invoice.orderLines().size(); i++) {
            OrderRow row = invoice.orderLines().get(i);
            sales.add(invoice.customer(), row.sku(), invoice.number(), i, row.quantity(), true);
            counts[1]++;
          }
          for (OrderRow row : invoice.takenBack()) {
            boolean found =
                sales.takeBack(invoice.customer(), row.sku(), -row.quantity())
                    instanceof Sales.Match.Found;
            counts[found ? 2 : 3]++;
          }
        },
        row -> rejected.merge(row.reason(), 1L, Long::sum));

    long bad = rejected.values().stream().mapToLong(Long::longValue).sum();
    assertThat(scan.rowCount()).isEqualTo(541_909);
    assertThat(counts[1] + counts[2] + counts[3] + bad).isEqualTo(541_909);
    assertThat(rejected).doesNotContainKey(RejectReason.MALFORMED);
    assertThat(counts[0]).isEqualTo(scan.invoiceCount());
    // Most of what was taken back was bought within the year.
    assertThat(counts[2]).isGreaterThan(counts[3]);
  }
}
