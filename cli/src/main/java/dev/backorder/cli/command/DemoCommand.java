package dev.backorder.cli.command;

import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.scenario.ScenarioFile;
import dev.backorder.cli.stack.Ports;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays some weeks of real orders through the four services and tells what happened. */
@Command(
    name = "demo",
    header = "Play weeks of real orders and tell what happened.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Play weeks of real orders (UCI Online Retail) through the four services on fresh data, let simulated time run on for",
      "the weeks until nobody waits, then tell the story of one backordered order, the results, and whether every invariant",
      "holds. Two weeks take about two minutes on two cores; exit code 0 only if all hold."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final LocalDate FIRST_DAY = LocalDate.of(2010, 12, 1);
  private static final int MAX_DAYS = 374;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "14",
      description = "Days of orders, from 1 December 2010 (default: ${DEFAULT-VALUE}).")
  private int days;

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

  @Option(
      names = "--keep",
      description = "Keep the database too: `backorder up --data DIR` runs on it.")
  private boolean keep;

  @Override
  public Integer call() {
    if (days < 1 || days > MAX_DAYS) {
      throw CommandFailure.usage(
          "--days must be between 1 and " + MAX_DAYS + ", not " + days + ".");
    }
    Terminal terminal = Terminal.standard();
    Path folder = Replay.freshFolder();
    Path data = folder.resolve("data");
    Replay.Request request =
        new Replay.Request(
            Runs.bundledOrders(folder),
            Optional.of(FIRST_DAY),
            Optional.of(FIRST_DAY.plusDays(days - 1L)),
            ScenarioFile.bundled(),
            Runs.bundledDescriptions(),
            replicas,
            basePort == null ? Ports.findFree(replicas) : new Ports(basePort),
            data,
            report == null ? folder.resolve("report") : report);
    return Runs.conclude(new Replay(request, terminal).run(), data, keep, terminal);
  }
}
