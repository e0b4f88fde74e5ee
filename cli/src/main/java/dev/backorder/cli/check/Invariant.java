package dev.backorder.cli.check;

import java.util.List;

/**
 * Outcome of one check.
 *
 * @param name stable, for example {@code inventory.ledger_sums_to_zero}
 * @param description what it proves, in one sentence
 * @param differences what differs; empty when the invariant holds
 */
public record Invariant(String name, String description, List<Mismatch> differences) {

  /** Copies the list. */
  public Invariant {
    differences = List.copyOf(differences);
  }

  /**
   * One difference between two books.
   *
   * @param subject what differs
   * @param expected what one book says
   * @param actual what the other says
   */
  public record Mismatch(String subject, String expected, String actual) {}

  /** True when nothing differs. */
  public boolean holds() {
    return differences.isEmpty();
  }
}
