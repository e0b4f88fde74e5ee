package dev.backorder.cli.command;

import dev.backorder.cli.bench.Bench;
import dev.backorder.cli.bench.BenchKind;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures speed, with baselines in the same run. */
@Command(
    name = "bench",
    header = "Measure speed, with baselines in the same run.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start the system on fresh data, warm it up, and measure one kind of call in turns with the baselines: `echo`, a call",
      "that does nothing through all that every call goes through; the health check; and `row`, one plain transaction per",
      "request on the same database. Ends with check; exit code 0 only when nothing failed and every invariant holds.",
      "",
      "NAME is one of: hot-sku (one unit of one item a call; then 5,000 callers for 500 units), hot-sku-bulk (100 such",
      "orders a call), uniform (two random items of 10,000 a call), quote (one random item of 10,000), receipt and redate",
      "(a queue of 1,000, 10,000 and 100,000 lines is served, or gets new dates, while other orders go on)."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final int MAX_SECONDS = 3600;
  private static final int MAX_IN_FLIGHT = 1000;

  @Parameters(index = "0", paramLabel = "NAME", description = "What to measure.")
  private String name;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "How long to load, without baselines (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "64",
      description = "Calls in flight (default: ${DEFAULT-VALUE}).")
  private int inFlight;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write the result as JSON.")
  private Path json;

  @Override
  public Integer call() {
    BenchKind kind =
        Arrays.stream(BenchKind.values())
            .filter(known -> known.title().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "There is no bench "
                            + name
                            + "; choose one of "
                            + Arrays.stream(BenchKind.values())
                                .map(BenchKind::title)
                                .collect(Collectors.joining(", "))
                            + "."));
    requireBetween("--seconds", seconds, MAX_SECONDS);
    requireBetween("--in-flight", inFlight, MAX_IN_FLIGHT);
    Terminal terminal = Terminal.standard();
    Bench.Outcome outcome = Bench.run(kind, inFlight, Duration.ofSeconds(seconds), terminal);
    Optional.ofNullable(json).ifPresent(outcome::writeJson);
    boolean sound = Runs.printInvariants(outcome.invariants(), terminal.out());
    return sound && outcome.isSound() ? ExitCodes.OK : ExitCodes.INCONSISTENT;
  }

  private static void requireBetween(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw CommandFailure.usage(
          option + " must be between 1 and " + most + ", not " + value + ".");
    }
  }
}
