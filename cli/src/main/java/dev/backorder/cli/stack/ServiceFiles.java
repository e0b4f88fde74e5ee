package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that a service runs from, put aside in the data folder: a service loads its classes
 * when it first needs them, and a build while it runs must not take them away. Libraries are linked
 * where the file system can, all else is copied.
 */
final class ServiceFiles {

  private ServiceFiles() {}

  /**
   * Puts a service aside and returns the jar to run; what an earlier run left there is replaced.
   */
  static Path putAside(Path jar, Path target) {
    Path source = jar.getParent();
    try {
      DataFolder.deleteTree(target);
      try (Stream<Path> tree = Files.walk(source)) {
        List<Path> paths = tree.toList();
        for (Path path : paths) {
          Path copy = target.resolve(source.relativize(path).toString());
          if (Files.isDirectory(path)) {
            Files.createDirectories(copy);
          } else {
            place(path, copy, source.relativize(path).startsWith("lib"));
          }
        }
      }
      return target.resolve(jar.getFileName());
    } catch (IOException e) {
      throw CommandFailure.environment(
          "The files of a service cannot be put into " + target + ": " + e.getMessage() + ".", e);
    }
  }

  private static void place(Path file, Path copy, boolean mayLink) throws IOException {
    if (mayLink) {
      try {
        Files.createLink(copy, file);
        return;
      } catch (FileSystemException | UnsupportedOperationException e) {
        // Another disk, or a file system without links.
      }
    }
    Files.copy(file, copy);
  }
}
