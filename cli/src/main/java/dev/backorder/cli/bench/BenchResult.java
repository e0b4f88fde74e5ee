package dev.backorder.cli.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.TextTable;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a bench measured.
 *
 * @param bench its name
 * @param inFlight calls in flight
 * @param target the calls that it is about
 * @param echo calls that do nothing, in the same run
 * @param health health checks, in the same run
 * @param row plain transactions, in the same run; empty load when the bench has none
 * @param rowThreads threads of the plain program
 * @param oversoldUnits units granted beyond what there was
 * @param uses CPU and memory of each process, over the measured part
 * @param notes sentences about what else was found
 * @param isSound false when something that must never happen did
 * @param invariants of the books afterwards
 */
record BenchResult(
    String bench,
    int inFlight,
    Load target,
    Load echo,
    Load health,
    Load row,
    int rowThreads,
    long oversoldUnits,
    Map<String, ProcessUse.Use> uses,
    List<String> notes,
    boolean isSound,
    List<Invariant> invariants) {

  double ratioToEcho() {
    return ratio(target.perSecond(), echo.perSecond());
  }

  double ratioToRow() {
    return ratio(target.perSecond(), row.perSecond());
  }

  private static double ratio(double a, double b) {
    return b == 0 ? 0 : a / b;
  }

  void print(PrintStream out) {
    TextTable loads = new TextTable("", "per second", "p50 ms", "p99 ms", "p99.9 ms", "errors");
    loads.row(line(bench, target));
    loads.row(line("echo", echo));
    loads.row(line("health check", health));
    if (row.operations() > 0) {
      loads.row(line("row, %d threads".formatted(rowThreads), row));
    }
    loads.print(out);
    out.println();
    out.printf(Locale.ROOT, "  %-16s %.0f %%%n", "of echo", 100 * ratioToEcho());
    if (row.operations() > 0) {
      out.printf(Locale.ROOT, "  %-16s %.2f times%n", "row", ratioToRow());
    }
    out.println();
    TextTable processes = new TextTable("process", "CPU s", "peak MB");
    uses.forEach(
        (name, use) ->
            processes.row(
                name,
                String.format(Locale.ROOT, "%.1f", use.cpuSeconds()),
                String.format(Locale.ROOT, "%.0f", use.peakMegabytes())));
    processes.print(out);
    notes.forEach(note -> out.println("  " + note));
    out.println();
  }

  private static Object[] line(String name, Load load) {
    return new Object[] {
      name,
      String.format(Locale.ROOT, "%,.0f", load.perSecond()),
      String.format(Locale.ROOT, "%.2f", load.millisAt(50)),
      String.format(Locale.ROOT, "%.2f", load.millisAt(99)),
      String.format(Locale.ROOT, "%.2f", load.millisAt(99.9)),
      load.errors() + load.refused()
    };
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("bench", bench);
    json.put("seconds", round(target.seconds()));
    json.put("in_flight", inFlight);
    json.put("throughput_per_second", round(target.perSecond()));
    json.put("p50_ms", round(target.millisAt(50)));
    json.put("p99_ms", round(target.millisAt(99)));
    json.put("p999_ms", round(target.millisAt(99.9)));
    json.put("baseline_echo_per_second", round(echo.perSecond()));
    json.put("baseline_health_per_second", round(health.perSecond()));
    json.put("baseline_row_per_second", round(row.perSecond()));
    json.put("ratio_to_echo", round(ratioToEcho()));
    json.put("ratio_to_row", round(ratioToRow()));
    json.put("oversold_units", oversoldUnits);
    json.put("errors", target.errors() + target.refused());
    json.put(
        "peak_rss_mb",
        round(
            uses.entrySet().stream()
                .filter(use -> use.getKey().startsWith("inventory-service"))
                .mapToDouble(use -> use.getValue().peakMegabytes())
                .max()
                .orElse(0)));
    Map<String, Object> processes = new LinkedHashMap<>();
    uses.forEach(
        (name, use) ->
            processes.put(
                name,
                Map.of(
                    "cpu_seconds", round(use.cpuSeconds()),
                    "peak_mb", round(use.peakMegabytes()))));
    json.put("processes", processes);
    json.put("notes", notes);
    Map<String, Boolean> held = new LinkedHashMap<>();
    invariants.forEach(invariant -> held.put(invariant.name(), invariant.holds()));
    json.put("invariants", held);
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
