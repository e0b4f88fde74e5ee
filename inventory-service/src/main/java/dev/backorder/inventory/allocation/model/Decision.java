package dev.backorder.inventory.allocation.model;

import java.util.List;

/**
 * What an order can have and what it cannot. For each line, grants and shortages sum to its demand.
 */
public record Decision(List<Grant> grants, List<Shortage> shortages) {

  /** Copies the lists. */
  public Decision {
    grants = List.copyOf(grants);
    shortages = List.copyOf(shortages);
  }

  /** Whether all that was asked for can be had, now or later. */
  public boolean isComplete() {
    return shortages.isEmpty();
  }

  /** Units of a line that can be had, now or later. */
  public long grantedTo(int line) {
    return grants.stream().filter(g -> g.line() == line).mapToLong(Grant::quantity).sum();
  }

  /** Units of a line that cannot be had. */
  public long refusedTo(int line) {
    return shortages.stream().filter(s -> s.line() == line).mapToLong(Shortage::quantity).sum();
  }
}
