package dev.backorder.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The list of processes that a running system started, kept in a file so that the next start (or
 * the watchdog) can end those that outlived their parent; PostgreSQL, which knows its own process,
 * ends by {@link EmbeddedDatabase}. A line is {@code <pid> <start, ms since 1970> <name>}: a pid
 * alone could by then belong to someone else.
 */
final class RunningProcesses {

  private static final Duration START_TOLERANCE = Duration.ofSeconds(3);
  private static final long TERM_WAIT_SECONDS = 10;

  private final Path file;
  private final Map<String, String> lines = new TreeMap<>();

  RunningProcesses(Path file) {
    this.file = file;
  }

  /** Ends what a killed run left behind and returns the names of what was ended. */
  List<String> endLeftovers() {
    List<String> ended = new ArrayList<>();
    for (String line : readLines()) {
      String[] parts = line.split(" ", 3);
      if (parts.length == 3 && !parts[2].equals(EmbeddedDatabase.NAME)) {
        Optional<ProcessHandle> process = find(parts[0], parts[1]);
        process.ifPresent(
            handle -> {
              end(handle);
              ended.add(parts[2] + " (process " + parts[0] + ")");
            });
      }
    }
    clear();
    return ended;
  }

  synchronized void add(String name, ProcessHandle process) {
    long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    lines.put(name, process.pid() + " " + started + " " + name);
    write();
  }

  synchronized void remove(String name) {
    if (lines.remove(name) != null) {
      write();
    }
  }

  synchronized void clear() {
    lines.clear();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".new");
      Files.write(next, lines.values());
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> readLines() {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> find(String pid, String startedMillis) {
    try {
      Instant started = Instant.ofEpochMilli(Long.parseLong(startedMillis));
      return ProcessHandle.of(Long.parseLong(pid))
          .filter(ProcessHandle::isAlive)
          .filter(
              handle ->
                  handle
                      .info()
                      .startInstant()
                      .filter(
                          now ->
                              Duration.between(started, now).abs().compareTo(START_TOLERANCE) < 0)
                      .isPresent());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static void end(ProcessHandle process) {
    process.destroy();
    try {
      process.onExit().get(TERM_WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }
}
