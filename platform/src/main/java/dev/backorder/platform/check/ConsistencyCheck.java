package dev.backorder.platform.check;

import java.util.List;

/** Proves that two books of a service agree. Implement it as a bean; it only reads. */
public interface ConsistencyCheck {
  /** Stable name, for example {@code ledger_sums_to_zero}. */
  String name();

  /** What it proves, in one sentence. */
  default String description() {
    return name().replace('_', ' ') + ".";
  }

  /**
   * What differs, at most {@code limit}. Runs inside one read-only transaction that all checks
   * share, so they see the same moment.
   */
  List<Difference> run(int limit);
}
