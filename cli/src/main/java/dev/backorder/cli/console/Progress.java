package dev.backorder.cli.console;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how far a long piece of work has got: a bar that redraws itself on a terminal, plain lines
 * at most every five seconds elsewhere. Thread-safe.
 */
public final class Progress implements AutoCloseable {

  private static final long REDRAW_NANOS = Duration.ofMillis(200).toNanos();
  private static final long LINE_NANOS = Duration.ofSeconds(5).toNanos();
  private static final int BAR_WIDTH = 24;

  private final Terminal terminal;
  private final String task;
  private final String unit;
  private final long total;
  private final LongSupplier nanoClock;
  private final long startNanos;

  private long done;
  private String detail = "";
  private long shownNanos;
  private boolean drawn;
  private boolean closed;

  /** Starts at zero of {@code total} {@code unit}s, on the system's clock. */
  public Progress(Terminal terminal, String task, String unit, long total) {
    this(terminal, task, unit, total, System::nanoTime);
  }

  Progress(Terminal terminal, String task, String unit, long total, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.task = task;
    this.unit = unit;
    this.total = Math.max(1, total);
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.shownNanos = startNanos - LINE_NANOS;
  }

  /** Tells that {@code done} units are finished, and what is being worked on. */
  public synchronized void update(long done, String detail) {
    this.done = done;
    this.detail = detail;
    long now = nanoClock.getAsLong();
    if (!closed && now - shownNanos >= (terminal.interactive() ? REDRAW_NANOS : LINE_NANOS)) {
      show(now);
    }
  }

  /** Prints a line without tearing the bar. */
  public synchronized void note(String line) {
    erase();
    terminal.note(line);
  }

  /** Shows the last state once more and ends the line. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    show(nanoClock.getAsLong());
    closed = true;
    if (terminal.interactive()) {
      terminal.err().println();
    }
  }

  private void show(long now) {
    shownNanos = now;
    if (terminal.interactive()) {
      erase();
      String line = line(now, true);
      terminal
          .err()
          .print(line.length() < terminal.width() ? line : line.substring(0, terminal.width() - 1));
      terminal.err().flush();
      drawn = true;
    } else {
      terminal.note(line(now, false));
    }
  }

  private void erase() {
    if (drawn) {
      terminal.err().print("\r\u001b[K");
      drawn = false;
    }
  }

  private String line(long now, boolean withBar) {
    double seconds = (now - startNanos) / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    StringBuilder line = new StringBuilder(task).append(' ');
    if (withBar) {
      int filled = (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
      line.append('[')
          .append("#".repeat(filled))
          .append("-".repeat(BAR_WIDTH - filled))
          .append("] ");
    }
    line.append(
        String.format(
            Locale.ROOT,
            "%3d%% %,d of %,d %s",
            Math.min(100, 100 * done / total),
            done,
            total,
            unit));
    if (rate > 0) {
      line.append(String.format(Locale.ROOT, ", %.0f/s", rate));
      line.append(
          done < total
              ? ", " + clock((total - done) / rate) + " left"
              : ", took " + clock(seconds));
    }
    return detail.isEmpty() ? line.toString() : line.append(", ").append(detail).toString();
  }

  private static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole < 60
        ? whole + " s"
        : String.format(Locale.ROOT, "%d:%02d min", whole / 60, whole % 60);
  }
}
