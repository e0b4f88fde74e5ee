package dev.backorder.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Memory that processes really take: proportional set size (PSS), which counts shared pages once.
 * Linux only.
 */
public final class ProcessMemory {

  private ProcessMemory() {}

  /** PSS of one process in bytes; empty when the system does not tell. */
  public static OptionalLong pssBytes(long pid) {
    Path file = Path.of("/proc/" + pid + "/smaps_rollup");
    try {
      for (String line : Files.readAllLines(file)) {
        if (line.startsWith("Pss:")) {
          String kilobytes = line.substring(4).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kilobytes) * 1024);
        }
      }
      return OptionalLong.empty();
    } catch (IOException | NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** Summed PSS of processes and all their descendants; 0 when the system does not tell. */
  public static long pssBytesOfTrees(List<ProcessHandle> roots) {
    return roots.stream()
        .filter(ProcessHandle::isAlive)
        .mapToLong(
            root ->
                pssBytes(root.pid()).orElse(0)
                    + root.descendants().mapToLong(child -> pssBytes(child.pid()).orElse(0)).sum())
        .sum();
  }
}
