package dev.backorder.cli.orderfile;

import java.time.Instant;
import java.util.Optional;

/**
 * A row that was not used.
 *
 * @param lineNumber line in the file, from 1, the heading included
 * @param reason why
 * @param detail what exactly, for example the column that cannot be read
 * @param text the row as it stands in the file
 * @param time when it happened; empty when it cannot be read
 */
public record RejectedRow(
    long lineNumber, RejectReason reason, String detail, String text, Optional<Instant> time) {

  /** Rows outside the window do not count; one whose time cannot be read counts in every window. */
  boolean isIn(Window window) {
    return time.map(window::contains).orElse(true);
  }
}
