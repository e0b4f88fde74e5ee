package dev.backorder.cli.console;

/**
 * Ends a command with one sentence for the person at the console: what went wrong and what to do.
 * It is the only exception that a command may let through.
 */
public final class CommandFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(String sentence, int exitCode, Throwable cause) {
    super(sentence, cause);
    this.exitCode = exitCode;
  }

  /** A mistake in what was typed or in a file that was given. */
  public static CommandFailure usage(String sentence) {
    return new CommandFailure(sentence, ExitCodes.USAGE, null);
  }

  /**
   * Something around us does not play along: a busy port, a service that does not answer, a full
   * disk.
   */
  public static CommandFailure environment(String sentence) {
    return new CommandFailure(sentence, ExitCodes.ENVIRONMENT, null);
  }

  /** As {@link #environment(String)}, with the cause kept for {@code BACKORDER_DEBUG=1}. */
  public static CommandFailure environment(String sentence, Throwable cause) {
    return new CommandFailure(sentence, ExitCodes.ENVIRONMENT, cause);
  }

  /** A service understood the call and refused it. */
  public static CommandFailure refused(String sentence, Throwable cause) {
    return new CommandFailure(sentence, ExitCodes.REFUSED, cause);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }
}
