package dev.backorder.cli.bench;

import dev.backorder.cli.stack.ProcessMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time and memory of the processes that a bench runs on. Zero where the system does not tell.
 */
final class ProcessUse {

  private static final double MEGA = 1e6;

  private final Map<String, ProcessHandle> processes;
  private final Map<String, Double> cpuBefore = new LinkedHashMap<>();

  /** Notes where they stand. */
  ProcessUse(Map<String, ProcessHandle> processes) {
    this.processes = processes;
    processes.forEach((name, process) -> cpuBefore.put(name, cpuSeconds(process)));
  }

  /** What one process took since. */
  record Use(double cpuSeconds, double peakMegabytes) {}

  /** What each took since; of the database, all its processes together. */
  Map<String, Use> since() {
    Map<String, Use> uses = new LinkedHashMap<>();
    processes.forEach(
        (name, process) ->
            uses.put(
                name,
                new Use(
                    cpuSeconds(process) - cpuBefore.get(name),
                    Math.max(peakBytes(process.pid()), treeBytes(process)) / MEGA)));
    return uses;
  }

  private static double cpuSeconds(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants())
        .mapToDouble(p -> p.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3)
        .sum();
  }

  private static long treeBytes(ProcessHandle process) {
    return process.children().findAny().isEmpty()
        ? 0
        : ProcessMemory.pssBytesOfTrees(java.util.List.of(process));
  }

  /** The highest resident size that it ever had. */
  private static long peakBytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(kilobytes -> Long.parseLong(kilobytes) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
