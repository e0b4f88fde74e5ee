package dev.backorder.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.orderfile.RejectReason;
import dev.backorder.cli.orderfile.RejectedRow;
import dev.backorder.cli.orderfile.Rejections;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class HtmlReportTest {

  private static final LocalDate START = LocalDate.of(2010, 12, 1);

  @TempDir private Path folder;

  @Test
  void json_has_every_documented_key_in_order_and_rounds_rates() throws IOException {
    JsonNode json = new ObjectMapper().readTree(figures(true).toJson());

    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "orders",
            "lines",
            "units_ordered",
            "units_shipped",
            "units_backordered",
            "units_cancelled",
            "units_refused",
            "unit_fill_rate",
            "line_fill_rate",
            "order_fill_rate",
            "promises_told",
            "promises_kept_rate",
            "median_wait_days",
            "p90_wait_days",
            "purchase_orders",
            "receipts",
            "notifications_sent",
            "rejected_rows",
            "invariants",
            "duration_seconds",
            "orders_per_second");
    assertThat(json.get("unit_fill_rate").decimalValue()).isEqualByComparingTo("0.333333");
    assertThat(json.at("/invariants/inventory.ledger_sums_to_zero").booleanValue()).isTrue();
    assertThat(figures(true).sound()).isTrue();
    assertThat(figures(false).sound()).isFalse();
  }

  @Test
  void the_report_is_one_file_with_well_formed_pictures_and_nothing_from_outside()
      throws Exception {
    Path file = folder.resolve("index.html");
    try (Rejections rejections = Rejections.writingTo(folder.resolve("rejected.csv"))) {
      rejections.add(
          new RejectedRow(7, RejectReason.NOT_GOODS, "POST", "1,POST,<b>\"x\"", Optional.empty()));
      HtmlReport.write(file, content(rejections));
    }

    String html = Files.readString(file);
    assertThat(html)
        .contains("Shop &lt;one&gt;")
        .contains("1 of 2 invariants are broken")
        .contains("1,POST,&lt;b&gt;&quot;x&quot;")
        .contains("orders 6 x lamp")
        .doesNotContain("<script")
        .doesNotContain("src=")
        .doesNotContain("@import");
    Matcher pictures = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(html);
    int count = 0;
    while (pictures.find()) {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(pictures.group())));
      count++;
    }
    assertThat(count).isEqualTo(3);
    assertThat(Files.readAllLines(folder.resolve("rejected.csv")))
        .containsExactly("line,reason,detail,row", "7,not_goods,POST,\"1,POST,<b>\"\"x\"\"\"");
  }

  @Test
  void charts_of_nothing_are_still_pictures() {
    assertThat(Charts.stockAndQueue(List.of())).endsWith("</svg>\n");
    assertThat(Charts.fillByWeek(List.of())).endsWith("</svg>\n");
    assertThat(Charts.promisedAgainstActual(List.of())).endsWith("</svg>\n");
  }

  @Test
  void a_scale_ends_on_a_round_number() {
    Scale scale = new Scale(1_234, 100, 0, 4);

    assertThat(scale.top()).isEqualTo(1_500);
    assertThat(scale.ticks()).containsExactly(0.0, 500.0, 1_000.0, 1_500.0);
    assertThat(scale.pixel(750)).isEqualTo(50);
    assertThat(Scale.shortNumber(45_000)).isEqualTo("45k");
    assertThat(Scale.shortNumber(1_250_000)).isEqualTo("1.3M");
  }

  private static HtmlReport.Content content(Rejections rejections) {
    List<DaySample> days = new ArrayList<>();
    List<PromiseSample> promises = new ArrayList<>();
    for (int day = 0; day < 28; day++) {
      days.add(new DaySample(START.plusDays(day), 40_000 - day * 900L, day * 300L));
      promises.add(
          new PromiseSample(START, START.plusDays(day), START.plusDays(day + day % 5 - 2L)));
    }
    List<WeekSample> weeks =
        List.of(
            new WeekSample(LocalDate.of(2010, 11, 29), 100, 90, 8, 2),
            new WeekSample(LocalDate.of(2010, 12, 6), 100, 60, 30, 10));
    Story story =
        new Story(
            "Order 1",
            List.of(new Story.Step("Wed 1 Dec", "customer", "orders 6 x lamp")),
            List.of("Dear you,"));
    return new HtmlReport.Content(
        "Shop <one>",
        "four weeks",
        figures(false),
        days,
        weeks,
        promises,
        Optional.of(story),
        Map.of("Order lines", 10L),
        rejections,
        List.of(
            new Invariant("a.holds", "It holds", List.of()),
            new Invariant(
                "b.broken", "It does not", List.of(new Invariant.Mismatch("x", "1", "2")))));
  }

  private static Figures figures(boolean sound) {
    TreeMap<String, Boolean> invariants = new TreeMap<>();
    invariants.put("inventory.ledger_sums_to_zero", sound);
    return new Figures(
        3,
        9,
        90,
        80,
        10,
        5,
        5,
        1.0 / 3,
        0.5,
        -1,
        12,
        0.75,
        4,
        9.5,
        2,
        3,
        7,
        1,
        invariants,
        12.3456789,
        0.25);
  }
}
