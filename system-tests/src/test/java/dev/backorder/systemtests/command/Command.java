package dev.backorder.systemtests.command;

import static org.awaitility.Awaitility.await;

import dev.backorder.systemtests.testing.BackorderSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a person runs it: a process of its own, with its output in files. */
final class Command implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Process process;
  private final Path out;
  private final Path err;

  private Command(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  static Command start(String... arguments) {
    Path home = BackorderSystem.home();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the start script does.
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(
        home.resolve("cli/target/backorder-cli.jar") + ":" + home.resolve("cli/target/lib") + "/*");
    command.add("dev.backorder.cli.Backorder");
    command.addAll(List.of(arguments));
    try {
      Path folder = Files.createDirectories(Path.of("target", "systems", "output"));
      Path out = Files.createTempFile(folder, arguments[0].replace("-", ""), ".out");
      Path err = Files.createTempFile(folder, arguments[0].replace("-", ""), ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().put("BACKORDER_HOME", home.toString());
      return new Command(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs to the end. */
  static Command run(String... arguments) {
    Command command = start(arguments);
    command.exitCode();
    return command;
  }

  int exitCode() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + out() + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Command awaitReady() {
    await("ready")
        .atMost(PATIENCE)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new AssertionError("ended: " + out() + err());
              }
              return out().lines().anyMatch("ready"::equals);
            });
    return this;
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      exitCode();
    }
  }
}
