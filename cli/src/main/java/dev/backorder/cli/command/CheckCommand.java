package dev.backorder.cli.command;

import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.ExitCodes;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks the books of a running system. */
@Command(
    name = "check",
    header = "Check the books of a running system.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Ask every service whether its own books are right, and compare orders with allocations, purchase orders with",
      "supplies, shipments with the stock ledger, and facts with messages. Lists each difference; exit code 1 if any."
    })
public final class CheckCommand implements Callable<Integer> {

  private static final int ATTEMPTS = 4;
  private static final long PAUSE_MILLIS = 1500;

  @Mixin private Target target;

  @Option(names = "--verbose", description = "Also list what holds.")
  private boolean verbose;

  @Override
  public Integer call() {
    List<Invariant> invariants =
        target.with(cluster -> new ConsistencyAudit(cluster).run(ATTEMPTS, PAUSE_MILLIS));
    if (verbose) {
      invariants.stream()
          .filter(Invariant::holds)
          .forEach(
              invariant ->
                  System.out.println(
                      "holds  " + invariant.name() + ": " + invariant.description() + "."));
    }
    return Runs.printInvariants(invariants, System.out) ? ExitCodes.OK : ExitCodes.INCONSISTENT;
  }
}
