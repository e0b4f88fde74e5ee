package dev.backorder.order.process;

import java.util.UUID;

/** Carries one kind of process on, from wherever it stopped. Implement it as a bean. */
public interface ProcessStep {
  /** Stable name of the kind, as in the rows. */
  String kind();

  /**
   * Carries a process on to its end. Called outside any transaction, perhaps by two replicas at
   * once: everything it does can be repeated. An exception leaves the row for the next attempt.
   */
  void resume(UUID processId, UUID orderId);
}
