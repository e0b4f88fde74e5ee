package dev.backorder.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.console.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BackorderTest {

  private static final int SCREEN_LINES = 40;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void help_fits_one_screen_and_names_every_command_with_examples() {
    assertThat(run("--help")).isEqualTo(ExitCodes.OK);

    assertThat(out.toString().lines()).hasSizeLessThanOrEqualTo(SCREEN_LINES);
    assertThat(out.toString()).contains("Examples:", "Exit codes:");
    for (String command :
        List.of(
            "up",
            "demo",
            "replay",
            "check",
            "stock",
            "quote",
            "order",
            "queue",
            "explain",
            "receive",
            "po",
            "transfer",
            "outbox")) {
      assertThat(out.toString()).containsPattern("(?m)^  " + command + " ");
    }
  }

  @Test
  void a_wrong_command_line_is_one_sentence_and_exit_code_2() {
    assertThat(run("replay")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("--orders", "See `backorder replay --help`.");

    assertThat(run("demo", "--days", "0")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("up", "--base-port", "80")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("order", "place", "-c", "1", "85123A")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("write SKU:QTY");
    assertThat(run("transfer", "create", "main", "north")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("transfer", "ship", "not-an-id")).isEqualTo(ExitCodes.USAGE);
    assertThat(run("replay", "--orders", "no-such-file.csv")).isEqualTo(ExitCodes.USAGE);
    assertThat(err.toString()).contains("no-such-file.csv cannot be read");
    assertThat(run("replay", "--orders", "bundled", "--from", "2011-02-01", "--to", "2011-01-01"))
        .isEqualTo(ExitCodes.USAGE);
  }

  @Test
  void when_nothing_runs_a_call_says_what_to_do_and_ends_with_exit_code_3() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0)) {
      unused = Math.min(socket.getLocalPort(), 60_000);
    }
    assertThat(run("stock", "85123A", "--base-port", Integer.toString(unused)))
        .isEqualTo(ExitCodes.ENVIRONMENT);
    assertThat(err.toString().lines()).hasSize(1);
    assertThat(err.toString()).contains("backorder up");
  }

  private int run(String... arguments) {
    CommandLine commandLine = Backorder.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
