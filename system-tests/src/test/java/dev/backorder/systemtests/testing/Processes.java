package dev.backorder.systemtests.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The processes that a running system has written into its data folder, by name. */
public final class Processes {

  /** Name of the database's process. */
  public static final String POSTGRESQL = "postgresql";

  private final Path list;

  /** Processes of the system in this folder. */
  public Processes(Path data) {
    this.list = data.resolve("run").resolve("processes");
  }

  /** Name and process of each part that lives. */
  public Map<String, ProcessHandle> alive() {
    Map<String, ProcessHandle> alive = new TreeMap<>();
    for (String line : lines()) {
      String[] parts = line.split(" ", 3);
      find(Long.parseLong(parts[0])).ifPresent(process -> alive.put(parts[2], process));
    }
    return alive;
  }

  private List<String> lines() {
    try {
      return Files.exists(list) ? Files.readAllLines(list) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<ProcessHandle> find(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
  }

  /** SIGKILL, as the kernel does when memory runs out. Returns false when it is not running. */
  public boolean kill(String name) {
    ProcessHandle process = alive().get(name);
    return process != null && process.destroyForcibly();
  }

  @Override
  public String toString() {
    return alive().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().pid())
        .collect(Collectors.joining(", "));
  }
}
