package dev.backorder.cli.console;

/** What the exit codes of {@code backorder} mean. They are part of the contract with scripts. */
public final class ExitCodes {

  /** All done; for {@code demo}, {@code replay} and {@code check}: and every invariant holds. */
  public static final int OK = 0;

  /** {@code demo}, {@code replay} or {@code check} found books that differ. */
  public static final int INCONSISTENT = 1;

  /** The command line or a file that was given is wrong; nothing was done. */
  public static final int USAGE = 2;

  /**
   * The surroundings are not right: a busy port, a service that does not answer, no Java, no disk.
   */
  public static final int ENVIRONMENT = 3;

  /** A service refused the call, for example an unknown SKU; nothing was changed. */
  public static final int REFUSED = 4;

  /** A defect of ours. */
  public static final int DEFECT = 70;

  /** Stopped by Ctrl-C. */
  public static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
