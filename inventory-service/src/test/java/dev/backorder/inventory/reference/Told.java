package dev.backorder.inventory.reference;

import java.time.LocalDate;

/**
 * What was told of a day, in the words of the contract.
 *
 * @param shipBy the last day on which the goods leave
 * @param deliverBy the last day on which they arrive
 * @param basis what it rests on
 * @param constraint what would have to change for an earlier day
 */
record Told(LocalDate shipBy, LocalDate deliverBy, String basis, String constraint) {
  @Override
  public String toString() {
    return shipBy + "/" + deliverBy + " " + basis + " " + constraint;
  }

  /** A supply in time for the wanted day: nothing earlier would help. */
  boolean isForWantedDay() {
    return constraint.equals("WANTED_DATE");
  }
}
