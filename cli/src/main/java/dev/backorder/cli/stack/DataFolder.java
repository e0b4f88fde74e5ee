package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder in which a running system keeps everything: {@code pg} (the database), {@code mail}
 * (caught mails), {@code logs}, {@code run} (lock and process list). One system at a time owns it;
 * the lock goes when its process goes.
 */
public final class DataFolder implements AutoCloseable {

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /** Creates the folder when it is missing and takes it. */
  public static DataFolder take(Path folder) {
    Path root = folder.toAbsolutePath().normalize();
    try {
      for (String name : List.of("mail", "logs", "run")) {
        Files.createDirectories(root.resolve(name));
      }
      FileChannel channel =
          FileChannel.open(
              root.resolve("run/lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw CommandFailure.environment(
            "The data folder "
                + root
                + " belongs to a `backorder` that is running: stop that one or give another folder"
                + " with --data.");
      }
      return new DataFolder(root, channel, lock);
    } catch (IOException e) {
      throw CommandFailure.environment(
          "The data folder "
              + root
              + " cannot be used ("
              + e.getMessage()
              + "): give another one with --data.",
          e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  Path database() {
    return root.resolve("pg");
  }

  /** Where caught mails are kept. */
  public Path mail() {
    return root.resolve("mail");
  }

  /** Where the services and PostgreSQL log. */
  public Path logs() {
    return root.resolve("logs");
  }

  Path processes() {
    return root.resolve("run/processes");
  }

  Path programs() {
    return root.resolve("run/programs");
  }

  /** Where a running system says how it can be reached. */
  public Path address() {
    return root.resolve("run/address");
  }

  /** Deletes the folder and all in it; for folders that were made for one run. */
  public void delete() {
    close();
    deleteTree(root);
  }

  /** Deletes a folder tree; what is missing already is no error. */
  public static void deleteTree(Path root) {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      if (lock.isValid()) {
        lock.release();
      }
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
