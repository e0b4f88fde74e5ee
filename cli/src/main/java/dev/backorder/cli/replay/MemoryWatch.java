package dev.backorder.cli.replay;

import dev.backorder.cli.stack.Stack;
import java.time.Duration;

/** Looks now and then how much memory the whole system takes, and remembers the highest sum. */
final class MemoryWatch implements AutoCloseable {

  // Adding up the pages of a hundred database processes takes the system a noticeable moment.
  private static final long PAUSE_MILLIS = Duration.ofSeconds(15).toMillis();

  private final Stack stack;
  private final Thread thread;
  private volatile long peakBytes;

  private MemoryWatch(Stack stack) {
    this.stack = stack;
    this.thread = new Thread(this::watch, "memory-watch");
    this.thread.setDaemon(true);
  }

  static MemoryWatch start(Stack stack) {
    MemoryWatch watch = new MemoryWatch(stack);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        peakBytes = Math.max(peakBytes, stack.memoryBytes());
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  long peakBytes() {
    return peakBytes;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
