package dev.backorder.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Ends the child processes when this process is killed without a chance to do so itself ({@code
 * kill -9}). It is a shell that reads a pipe from us: the pipe ends when we end, however that
 * happens. A clean stop removes the process list first, so that there is nothing left to end. The
 * list is read once: a new start may write its own by then.
 */
final class Watchdog implements AutoCloseable {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      cat >/dev/null
      [ -f "$1" ] || exit 0
      list=$(cat "$1")
      each() {
        echo "$list" | while read -r pid started name; do
          case "$name" in postgresql) signal=$2 ;; *) signal=$1 ;; esac
          [ "$signal" = none ] || kill -s "$signal" "$pid" 2>/dev/null
        done
      }
      each TERM none
      sleep 5
      each KILL INT
      """;

  private final Process process;

  private Watchdog(Process process) {
    this.process = process;
  }

  static Watchdog start(Path processList) throws IOException {
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      return new Watchdog(null);
    }
    Process process =
        new ProcessBuilder("/bin/sh", "-c", SCRIPT, "backorder-watchdog", processList.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new Watchdog(process);
  }

  /** Call after the process list is gone. */
  @Override
  public void close() {
    if (process == null) {
      return;
    }
    try {
      process.getOutputStream().close();
      if (!process.waitFor(2, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
