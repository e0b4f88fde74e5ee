package dev.backorder.cli.console;

import java.io.PrintStream;

/**
 * Where a command writes. Results go to {@link #out}, everything about the way there (progress,
 * notes, errors) to {@link #err}, so that output can be piped.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param interactive true when a person watches: {@code err} is a terminal
 * @param width columns of the terminal
 */
public record Terminal(PrintStream out, PrintStream err, boolean interactive, int width) {

  private static final int DEFAULT_WIDTH = 80;

  /** The process's own standard output and error. */
  public static Terminal standard() {
    // The start script looks: Java itself knows only about both streams at once, and newer releases
    // not even that.
    boolean interactive = "1".equals(System.getenv("BACKORDER_TTY"));
    return new Terminal(System.out, System.err, interactive, columns(System.getenv("COLUMNS")));
  }

  private static int columns(String value) {
    if (value == null) {
      return DEFAULT_WIDTH;
    }
    try {
      return Math.max(40, Math.min(200, Integer.parseInt(value.strip())));
    } catch (NumberFormatException e) {
      return DEFAULT_WIDTH;
    }
  }

  /** Prints one note line on {@code err}. */
  public void note(String line) {
    err.println(line);
    err.flush();
  }
}
