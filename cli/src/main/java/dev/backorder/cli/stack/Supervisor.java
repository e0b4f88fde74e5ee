package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Looks after the running parts: what crashed is said and brought back, at growing intervals if it
 * crashes again.
 */
final class Supervisor {

  private static final long POLL_MILLIS = 250;
  private static final long FIRST_DELAY_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_DELAY_NANOS = Duration.ofSeconds(30).toNanos();
  private static final long HEALTHY_NANOS = Duration.ofSeconds(60).toNanos();

  private final Stack stack;
  private final Consumer<String> notes;
  private final Map<String, Crash> crashes = new HashMap<>();
  private final Thread thread;
  private volatile boolean stopped;

  private Supervisor(Stack stack, Consumer<String> notes) {
    this.stack = stack;
    this.notes = notes;
    this.thread = new Thread(this::watch, "supervisor");
    this.thread.setDaemon(true);
  }

  /**
   * Last crash of a part: when it may start again, how long to wait then, and whether it is still
   * down.
   */
  private record Crash(long restartNanos, long delayNanos, boolean down) {}

  static Supervisor start(Stack stack, Consumer<String> notes) {
    Supervisor supervisor = new Supervisor(stack, notes);
    supervisor.thread.start();
    return supervisor;
  }

  /** Does not wait for the thread: the caller may hold the lock that it needs. */
  void stop() {
    stopped = true;
    thread.interrupt();
  }

  private void watch() {
    while (!stopped) {
      try {
        Thread.sleep(POLL_MILLIS);
        look();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    if (!stopped && !stack.databaseIsAlive()) {
      handle(EmbeddedDatabase.NAME, "crashed", stack::restartDatabase);
    }
    for (ServiceProcess service : stack.services()) {
      if (!stopped && !service.isAlive()) {
        handle(
            service.name(), "ended with exit code " + service.exitValue(), () -> restart(service));
      }
    }
  }

  private void restart(ServiceProcess service) {
    try {
      stack.restart(service);
    } catch (IOException e) {
      throw CommandFailure.environment(e.getMessage(), e);
    }
  }

  private void handle(String name, String what, Runnable restart) {
    long now = System.nanoTime();
    Crash crash = crashes.get(name);
    if (crash == null || !crash.down()) {
      boolean again = crash != null && now - crash.restartNanos() < HEALTHY_NANOS;
      long delay =
          again ? Math.min(LONGEST_DELAY_NANOS, 2 * crash.delayNanos()) : FIRST_DELAY_NANOS;
      notes.accept(
          name
              + " "
              + what
              + "; it is started again in "
              + Duration.ofNanos(delay).toSeconds()
              + " s.");
      crashes.put(name, new Crash(now + delay, delay, true));
    } else if (now >= crash.restartNanos()) {
      crashes.put(name, new Crash(now, crash.delayNanos(), false));
      try {
        restart.run();
        notes.accept(name + " is running again.");
      } catch (CommandFailure e) {
        notes.accept(name + " could not be started again: " + e.getMessage());
      }
    }
  }
}
