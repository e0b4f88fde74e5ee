package dev.backorder.inventory.item.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How an item is sold on one channel.
 *
 * @param mode what happens when stock does not suffice
 * @param limit how many units may wait
 * @param releaseDate first day on which it may leave; present for {@link SalesMode#PREORDER}
 * @param preorderEnd last day on which it can be preordered; empty is until the release
 * @param leadTimeDays days from order to readiness (of making, or of a new purchase); 0 is unknown
 * @param maxWaitDays a longer wait is out of stock, not a promise; 0 is no maximum
 */
public record SalesPolicy(
    SalesMode mode,
    BackorderLimit limit,
    Optional<LocalDate> releaseDate,
    Optional<LocalDate> preorderEnd,
    int leadTimeDays,
    int maxWaitDays) {

  /** Checks that the policy can be followed. */
  public SalesPolicy {
    if (mode == SalesMode.PREORDER && releaseDate.isEmpty()) {
      throw new IllegalArgumentException("a preorder needs a release date");
    }
    if (leadTimeDays < 0 || maxWaitDays < 0) {
      throw new IllegalArgumentException("days below zero");
    }
  }
}
