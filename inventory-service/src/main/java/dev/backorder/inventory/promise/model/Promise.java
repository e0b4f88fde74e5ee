package dev.backorder.inventory.promise.model;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A date told to a customer (AV4).
 *
 * @param shipBy last day on which the goods leave, in the location's zone
 * @param deliverBy last day on which they arrive; empty when the transit time is unknown
 * @param percentile share of cases, in percent, in which it is expected to hold
 * @param basis what it rests on
 * @param constraint what would have to change for an earlier date
 */
public record Promise(
    LocalDate shipBy,
    Optional<LocalDate> deliverBy,
    int percentile,
    Basis basis,
    Constraint constraint) {

  /** A promise of a day of departure, with the day of arrival when the transit time is known. */
  static Promise of(
      LocalDate shipBy, OptionalInt transit, int percentile, Basis basis, Constraint constraint) {
    Optional<LocalDate> deliverBy =
        transit.isPresent() ? Optional.of(shipBy.plusDays(transit.getAsInt())) : Optional.empty();
    return new Promise(shipBy, deliverBy, percentile, basis, constraint);
  }
}
