package dev.backorder.cli.command;

import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.scenario.Scenario;
import dev.backorder.cli.scenario.ScenarioFile;
import dev.backorder.cli.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays a merchant's own orders through the four services. */
@Command(
    name = "replay",
    header = "Play your own orders and report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Play any merchant's orders through the four services on fresh data, in simulated time, and report. The same input",
      "gives the same result, with one replica or two.",
      "",
      "The file is CSV (UTF-8, may be gzipped, in time order) with the columns invoice,sku,qty,ts,unit_price,customer,",
      "country: rows of one invoice are one order; an invoice that starts with C, or a negative qty, takes back what the",
      "same customer bought before; ts is `yyyy-MM-dd HH:mm` in the warehouse's time zone or ISO 8601 with offset."
    })
public final class ReplayCommand implements Callable<Integer> {

  @Option(
      names = "--orders",
      paramLabel = "FILE",
      required = true,
      description =
          "The order file; `bundled` is the UCI Online Retail year that comes with Backorder.")
  private String orders;

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day, yyyy-MM-dd (default: the file's first).")
  private LocalDate first;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "Last day, included (default: the file's last).")
  private LocalDate last;

  @Option(
      names = "--scenario",
      paramLabel = "FILE",
      description =
          "Stock, suppliers, rules, as YAML (default: the bundled, commented online-retail.yaml).")
  private Path scenario;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes of each service (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--base-port",
      paramLabel = "P",
      description = "First of the ports (default: the first free range from 21000).")
  private Integer basePort;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Folder for the report (default: a temporary one).")
  private Path report;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures as JSON.")
  private Path json;

  @Option(
      names = "--keep",
      description = "Keep the database too: `backorder up --data DIR` runs on it.")
  private boolean keep;

  @Override
  public Integer call() {
    if (first != null && last != null && first.isAfter(last)) {
      throw CommandFailure.usage("--from " + first + " is after --to " + last + ".");
    }
    Terminal terminal = Terminal.standard();
    Scenario rules = scenario == null ? ScenarioFile.bundled() : ScenarioFile.read(scenario);
    Path folder = Replay.freshFolder();
    Path data = folder.resolve("data");
    boolean bundled = orders.equals("bundled");
    Replay.Request request =
        new Replay.Request(
            bundled ? Runs.bundledOrders(folder) : Path.of(orders),
            Optional.ofNullable(first),
            Optional.ofNullable(last),
            rules,
            bundled ? Runs.bundledDescriptions() : Map.of(),
            replicas,
            basePort == null ? Ports.findFree(replicas) : new Ports(basePort),
            data,
            report == null ? folder.resolve("report") : report);
    Replay.Outcome outcome = new Replay(request, terminal).run();
    if (json != null) {
      write(outcome);
    }
    return Runs.conclude(outcome, data, keep, terminal);
  }

  private void write(Replay.Outcome outcome) {
    try {
      Files.writeString(json, outcome.figures().toJson());
    } catch (IOException e) {
      throw CommandFailure.environment(
          "The file " + json + " cannot be written: choose another one with --json.", e);
    }
  }
}
