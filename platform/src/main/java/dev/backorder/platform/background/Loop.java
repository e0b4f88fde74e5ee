package dev.backorder.platform.background;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A named thread that does one step, rests as long as the step says or until it is woken, and does
 * it again. A step that throws is tried again after a growing pause: nothing that runs in the
 * background stops by itself.
 */
public final class Loop implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(Loop.class);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private static final long LOG_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final Step step;
  private final Semaphore wake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean stopping;
  private String loggedText = "";
  private long loggedNanos;

  /** One step of a loop. */
  @FunctionalInterface
  public interface Step {
    /** Does a bounded piece of work and returns how long to rest; zero goes on at once. */
    Duration once() throws InterruptedException;
  }

  private Loop(String name, Step step) {
    this.name = name;
    this.step = step;
    this.thread = new Thread(this::run, name);
    this.thread.setDaemon(true);
  }

  /** Starts a loop. */
  public static Loop start(String name, Step step) {
    Loop loop = new Loop(name, step);
    loop.thread.start();
    return loop;
  }

  /** Ends the present rest. Cheap; any number of calls during a step cause one more step. */
  public void wake() {
    if (wake.availablePermits() == 0) {
      wake.release();
    }
  }

  /** Lets the present step end, then ends the thread; interrupts a step that takes too long. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join(STOP_PATIENCE.toMillis());
      if (thread.isAlive()) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  /** True once {@link #close} was called. */
  public boolean isStopping() {
    return stopping;
  }

  private void run() {
    int failures = 0;
    while (!stopping) {
      try {
        Duration rest;
        try {
          rest = step.once();
          failures = 0;
        } catch (RuntimeException | Error e) {
          failures++;
          rest = pauseAfter(failures);
          log(e);
        }
        if (!rest.isZero() && wake.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
          wake.drainPermits();
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** A failure that repeats is told once a minute: an hour without a peer must not fill the log. */
  private void log(Throwable failure) {
    String text = rootOf(failure).toString();
    long now = System.nanoTime();
    if (!text.equals(loggedText) || now - loggedNanos > LOG_AGAIN_NANOS) {
      LOG.warnf("%s failed and tries again: %s", name, text);
      loggedText = text;
      loggedNanos = now;
    }
    LOG.debug(name, failure);
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root;
  }

  private static Duration pauseAfter(int failures) {
    Duration pause = Duration.ofMillis(50L << Math.min(failures, 7));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
