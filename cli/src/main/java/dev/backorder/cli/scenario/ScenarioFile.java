package dev.backorder.cli.scenario;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.orderfile.RowRules;
import dev.backorder.cli.scenario.Scenario.DayRange;
import dev.backorder.cli.scenario.Scenario.Limit;
import dev.backorder.cli.scenario.Scenario.Mode;
import dev.backorder.cli.scenario.Scenario.OrderRule;
import dev.backorder.cli.scenario.Scenario.SalesModeShare;
import dev.backorder.cli.scenario.Scenario.Shortage;
import dev.backorder.cli.scenario.Scenario.StockRule;
import dev.backorder.cli.scenario.Scenario.SupplierRule;
import dev.backorder.cli.scenario.Scenario.Warehouse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads scenarios from YAML, strictly: every field must be there, none may be unknown, and all
 * mistakes are named at once.
 */
public final class ScenarioFile {

  /** The scenario that fits the bundled data. */
  public static final String BUNDLED = "/scenarios/online-retail.yaml";

  private static final int PERCENT = 100;

  private ScenarioFile() {}

  /** Reads the bundled scenario. */
  public static Scenario bundled() {
    try (InputStream in = ScenarioFile.class.getResourceAsStream(BUNDLED)) {
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8), "the bundled scenario");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a scenario from a file. */
  public static Scenario read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw CommandFailure.usage(
          "The scenario file " + file + " cannot be read: check the name given with --scenario.");
    }
  }

  /** Reads a scenario from text; {@code name} is how messages call it. */
  static Scenario parse(String yaml, String name) {
    List<String> problems = new ArrayList<>();
    JsonNode tree;
    try {
      YAMLMapper mapper =
          YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
      tree = mapper.readTree(yaml);
    } catch (JsonProcessingException e) {
      throw CommandFailure.usage(
          name
              + " is not YAML: "
              + e.getOriginalMessage().lines().findFirst().orElse("")
              + " (line "
              + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
              + ").");
    }
    Fields fields = new Fields(tree, "", problems);
    Scenario scenario = scenario(fields);
    fields.rejectUnknown();
    problems.addAll(contradictions(scenario));
    if (!problems.isEmpty()) {
      throw CommandFailure.usage(
          name
              + " has "
              + problems.size()
              + (problems.size() == 1 ? " mistake" : " mistakes")
              + ": "
              + String.join("; ", problems)
              + ".");
    }
    return scenario;
  }

  private static Scenario scenario(Fields fields) {
    Warehouse warehouse = fields.object("warehouse", ScenarioFile::warehouse);
    return new Scenario(
        fields.text("name"),
        fields.whole("seed", 0, Long.MAX_VALUE),
        fields.text("currency"),
        fields.object("not_goods", notGoods -> rowRules(notGoods, warehouse.zone())),
        fields.textMap("countries"),
        warehouse,
        fields.object("stock", ScenarioFile::stock),
        fields.objects("sales_modes", ScenarioFile::salesMode),
        fields.object("orders", ScenarioFile::orders),
        fields.objects("suppliers", ScenarioFile::supplier));
  }

  private static RowRules rowRules(Fields fields, ZoneId zone) {
    Set<String> skus = new TreeSet<>();
    fields.texts("skus").forEach(sku -> skus.add(sku.toUpperCase(Locale.ROOT)));
    List<Pattern> patterns = new ArrayList<>();
    for (String text : fields.texts("patterns")) {
      try {
        patterns.add(Pattern.compile(text));
      } catch (PatternSyntaxException e) {
        fields.check(false, "patterns", "regular expressions, and " + text + " is none");
      }
    }
    return new RowRules(zone, skus, patterns);
  }

  private static Warehouse warehouse(Fields fields) {
    return new Warehouse(
        fields.text("code"),
        fields.text("name"),
        fields.zone("time_zone"),
        fields.hour("ships_at_hour"),
        fields.hour("receives_at_hour"),
        fields.hour("delivers_at_hour"),
        fields.days("handling_days"),
        fields.dayMap("transit_days"));
  }

  private static StockRule stock(Fields fields) {
    return new StockRule(
        fields.weeks("opening_weeks"),
        fields.whole("opening_minimum", 0, 1_000_000),
        fields.weeks("reorder_min_weeks"),
        fields.weeks("reorder_max_weeks"),
        fields.whole("reorder_minimum", 0, 1_000_000),
        Math.toIntExact(fields.whole("review_hours", 1, 168)));
  }

  private static SalesModeShare salesMode(Fields fields) {
    return new SalesModeShare(
        fields.percent("share_percent"),
        fields.oneOf("mode", Mode.class),
        fields.oneOf("limit", Limit.class),
        fields.weeks("limit_weeks"),
        fields.percent("reserve_percent"),
        fields.days("max_wait_days"));
  }

  private static OrderRule orders(Fields fields) {
    return new OrderRule(fields.oneOf("shortage", Shortage.class), fields.days("run_out_days"));
  }

  private static SupplierRule supplier(Fields fields) {
    return new SupplierRule(
        fields.text("code"),
        fields.text("name"),
        fields.percent("share_percent"),
        fields.days("lead_time_days"),
        fields.object("actual_lead_days", ScenarioFile::dayRange),
        fields.days("answers_after_days"),
        fields.percent("late_percent"),
        fields.percent("silent_percent"),
        fields.object("late_days", ScenarioFile::dayRange),
        fields.percent("two_parts_percent"),
        Math.toIntExact(fields.whole("send_delay_minutes", 0, 43_200)),
        fields.whole("minimum_quantity", 1, 1_000_000),
        fields.whole("multiple_quantity", 1, 1_000_000),
        fields.percent("cost_percent"),
        fields.weekdays("working_weekdays"),
        fields.dates("closed_dates"));
  }

  private static DayRange dayRange(Fields fields) {
    DayRange range = new DayRange(fields.days("least"), fields.days("usual"), fields.days("most"));
    fields.check(
        range.least() <= range.usual() && range.usual() <= range.most(),
        "usual",
        "between least and most");
    return range;
  }

  /** What no field shows alone. */
  private static List<String> contradictions(Scenario scenario) {
    List<String> problems = new ArrayList<>();
    int modes = scenario.salesModes().stream().mapToInt(SalesModeShare::sharePercent).sum();
    if (modes != PERCENT) {
      problems.add("sales_modes: the shares sum to " + modes + " percent and must sum to 100");
    }
    int suppliers = scenario.suppliers().stream().mapToInt(SupplierRule::sharePercent).sum();
    if (suppliers != PERCENT) {
      problems.add("suppliers: the shares sum to " + suppliers + " percent and must sum to 100");
    }
    Set<String> codes = new HashSet<>();
    scenario.suppliers().stream()
        .map(SupplierRule::code)
        .filter(code -> !codes.add(code))
        .forEach(code -> problems.add("suppliers: the code " + code + " stands twice"));
    if (scenario.stock().reorderMinWeeks() > scenario.stock().reorderMaxWeeks()) {
      problems.add("stock.reorder_min_weeks must not be above stock.reorder_max_weeks");
    }
    if (!scenario.currency().matches("[A-Z]{3}")) {
      problems.add("currency must be three capital letters such as GBP");
    }
    Map<String, Integer> transit = scenario.warehouse().transitDays();
    transit.keySet().stream()
        .filter(code -> !code.matches("[A-Z]{2}|\\*"))
        .forEach(
            code ->
                problems.add("warehouse.transit_days." + code + " is no country code and not *"));
    scenario
        .countries()
        .forEach(
            (country, code) -> {
              if (!code.matches("[A-Z]{2}")) {
                problems.add("countries." + country + " must be a two-letter country code");
              }
            });
    return problems;
  }
}
