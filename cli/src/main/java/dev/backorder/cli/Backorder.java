package dev.backorder.cli;

import dev.backorder.cli.calls.CallErrors;
import dev.backorder.cli.command.BenchCommand;
import dev.backorder.cli.command.CheckCommand;
import dev.backorder.cli.command.DemoCommand;
import dev.backorder.cli.command.ExplainCommand;
import dev.backorder.cli.command.OrderCommand;
import dev.backorder.cli.command.OutboxCommand;
import dev.backorder.cli.command.PurchaseOrderCommand;
import dev.backorder.cli.command.QueueCommand;
import dev.backorder.cli.command.QuoteCommand;
import dev.backorder.cli.command.ReceiveCommand;
import dev.backorder.cli.command.ReplayCommand;
import dev.backorder.cli.command.StockCommand;
import dev.backorder.cli.command.TransferCommand;
import dev.backorder.cli.command.UpCommand;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import io.grpc.StatusRuntimeException;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The one command: runs the system on this machine, replays orders through it, checks it, and asks
 * it things.
 */
@Command(
    name = "backorder",
    mixinStandardHelpOptions = true,
    versionProvider = Backorder.Version.class,
    sortOptions = false,
    synopsisSubcommandLabel = "COMMAND",
    description = "Sell stock that is not there yet, and keep the promise.",
    commandListHeading = "%nCommands:%n",
    footer = {
      "",
      "Examples:",
      "  backorder demo                             days of real orders, from click to doorstep",
      "  backorder up --replicas 2                  the whole system on this machine",
      "  backorder replay --orders my-orders.csv.gz your own orders, with a report",
      "  backorder quote 85123A 12                  can I have it, and when?",
      "  backorder order place -c 17850 85123A:6@2.55",
      "",
      "Exit codes: 0 done; 1 books differ; 2 wrong command line or file; 3 the surroundings (a busy port,",
      "a service that does not answer); 4 a service refused; 70 a defect of ours. BACKORDER_DEBUG=1 shows causes.",
    },
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      ReplayCommand.class,
      CheckCommand.class,
      BenchCommand.class,
      StockCommand.class,
      QuoteCommand.class,
      OrderCommand.class,
      QueueCommand.class,
      ExplainCommand.class,
      ReceiveCommand.class,
      PurchaseOrderCommand.class,
      TransferCommand.class,
      OutboxCommand.class
    })
public final class Backorder {

  private static final int HELP_WIDTH = 110;

  private Backorder() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    // Libraries may only speak up when something is wrong that our own messages do not tell.
    Logger.getLogger("").setLevel(Level.SEVERE);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Backorder())
        .setUsageHelpWidth(HELP_WIDTH)
        .registerConverter(UUID.class, Backorder::id)
        .registerConverter(long.class, Backorder::wholeNumber)
        .registerConverter(int.class, Backorder::smallNumber)
        .registerConverter(Integer.class, Backorder::smallNumber)
        .setParameterExceptionHandler(Backorder::refuse)
        .setExecutionExceptionHandler(Backorder::fail);
  }

  private static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'%s' is not an id (a UUID)".formatted(text));
    }
  }

  private static long wholeNumber(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'%s' is not a whole number".formatted(text));
    }
  }

  private static int smallNumber(String text) {
    long number = wholeNumber(text);
    if (number != (int) number) {
      throw new TypeConversionException("%s is too large".formatted(text));
    }
    return (int) number;
  }

  private static int refuse(CommandLine.ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String sentence = e.getMessage().endsWith(".") ? e.getMessage() : e.getMessage() + ".";
    command
        .getErr()
        .println(sentence + " See `" + command.getCommandSpec().qualifiedName() + " --help`.");
    return ExitCodes.USAGE;
  }

  private static int fail(Exception e, CommandLine command, ParseResult parsed) {
    if ("1".equals(System.getenv("BACKORDER_DEBUG"))) {
      e.printStackTrace(command.getErr());
    }
    if (e instanceof CommandFailure failure) {
      command.getErr().println(failure.getMessage());
      return failure.exitCode();
    }
    if (e instanceof StatusRuntimeException status) {
      CommandFailure failure = CallErrors.explain(status);
      command.getErr().println(failure.getMessage());
      return failure.exitCode();
    }
    command
        .getErr()
        .println(
            "This is a defect (" + e + "): please report it with the output of BACKORDER_DEBUG=1.");
    return ExitCodes.DEFECT;
  }

  /** Tells the version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Backorder.class.getPackage().getImplementationVersion();
      return new String[] {
        "backorder "
            + (version == null ? "(not packaged)" : version)
            + " on Java "
            + Runtime.version().feature()
      };
    }
  }
}
