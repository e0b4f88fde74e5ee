package dev.backorder.inventory.promise.model;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a buyer's promise has to respect wherever the units come from.
 *
 * @param notBefore a preorder leaves on no day before this one
 * @param wanted the buyer wants it on no day before this one
 * @param transitDays calendar days from the location to the destination; empty when unknown
 */
public record Terms(
    Optional<LocalDate> notBefore, Optional<LocalDate> wanted, OptionalInt transitDays) {

  /** The same under another release. */
  public Terms withNotBefore(Optional<LocalDate> release) {
    return new Terms(release, wanted, transitDays);
  }
}
