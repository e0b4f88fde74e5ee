package dev.backorder.cli.bench;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.stack.DataFolder;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.Stack;
import dev.backorder.cli.stack.StackOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs one bench on a system of its own. */
public final class Bench {

  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Bench() {}

  /** What came out. */
  public static final class Outcome {
    private final BenchResult result;

    private Outcome(BenchResult result) {
      this.result = result;
    }

    /** Of the books afterwards. */
    public List<Invariant> invariants() {
      return result.invariants();
    }

    /** False when a call failed or a unit was sold twice. */
    public boolean isSound() {
      return result.isSound();
    }

    /** Writes the figures. */
    public void writeJson(Path file) {
      try {
        Files.writeString(file, result.toJson());
      } catch (IOException e) {
        throw CommandFailure.environment(
            "The file " + file + " cannot be written: choose another one with --json.", e);
      }
    }
  }

  /** Runs it, and prints what it measured. */
  public static Outcome run(BenchKind kind, int inFlight, Duration time, Terminal terminal) {
    Path data = Replay.freshFolder().resolve("data");
    StackOptions options =
        new StackOptions(
            StackOptions.projectFolder(),
            data,
            Ports.findFree(1),
            1,
            Optional.empty(),
            false,
            Map.of("BACKORDER_BENCH_ECHO", "true"));
    BenchResult result;
    try (Stack stack = Stack.start(options, terminal::note);
        Cluster cluster = new Cluster("127.0.0.1", options.ports(), 1, ATTEMPT, PATIENCE)) {
      result =
          switch (kind) {
            case HOT_SKU, HOT_SKU_BULK, UNIFORM, QUOTE ->
                new ThroughputBench(stack, cluster, terminal::note).run(kind, inFlight, time);
            case RECEIPT, REDATE -> new QueueBench(stack, cluster, terminal::note).run(kind);
          };
    }
    DataFolder.deleteTree(data);
    terminal.out().println();
    result.print(terminal.out());
    return new Outcome(result);
  }
}
