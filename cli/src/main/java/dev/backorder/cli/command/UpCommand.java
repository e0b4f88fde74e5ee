package dev.backorder.cli.command;

import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.console.TextTable;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.cli.stack.Stack;
import dev.backorder.cli.stack.StackOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the whole system until it is stopped. */
@Command(
    name = "up",
    header = "Run the whole system on this machine.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Run the whole system on this machine: PostgreSQL (fsync on), a mail catcher and the four services.",
      "Ctrl-C stops it; the next `up` on the same data goes on where it stopped."
    })
public final class UpCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder for database, mails and logs (default: .backorder in the project folder).")
  private Path data;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "1",
      description = "Processes of each service, 1 to 9 (default: ${DEFAULT-VALUE}).")
  private int replicas;

  @Option(
      names = "--base-port",
      paramLabel = "P",
      defaultValue = "" + Ports.DEFAULT_BASE,
      description = "First of the ports (default: ${DEFAULT-VALUE}).")
  private int basePort;

  @Override
  public Integer call() throws InterruptedException {
    Terminal terminal = Terminal.standard();
    Path home = StackOptions.projectFolder();
    Path folder = data == null ? home.resolve(".backorder") : data;
    Ports ports = new Ports(basePort);
    Stack stack =
        Stack.start(
            new StackOptions(home, folder, ports, replicas, Optional.empty(), true),
            terminal::note);
    addresses(ports, stack).print(terminal.out());
    terminal.out().println("ready");
    terminal.out().flush();
    // The stack stops itself when the process is told to end.
    new CountDownLatch(1).await();
    return ExitCodes.OK;
  }

  private TextTable addresses(Ports ports, Stack stack) {
    TextTable table = new TextTable("what", "gRPC", "HTTP (health, metrics)");
    for (int replica = 1; replica <= replicas; replica++) {
      for (ServiceKind kind : ServiceKind.values()) {
        table.row(
            kind.module() + (replicas > 1 ? "-" + replica : ""),
            "127.0.0.1:" + ports.grpc(kind, replica),
            "http://127.0.0.1:" + ports.http(kind, replica) + "/q/health");
      }
    }
    table.row("PostgreSQL", "", "postgresql://postgres@127.0.0.1:" + ports.database());
    table.row("SMTP", "", "127.0.0.1:" + ports.smtp() + ", mails in " + stack.folder().mail());
    table.row("logs", "", stack.folder().logs());
    return table;
  }
}
