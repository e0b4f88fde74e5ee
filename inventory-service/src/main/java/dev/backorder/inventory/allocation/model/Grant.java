package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.promise.model.Constraint;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Terms;
import java.time.LocalDate;

/**
 * Units that a line gets, or may wait for.
 *
 * @param line position of the line in the order
 * @param sku the item; of a kit's component the component
 * @param location code of the location that serves it
 * @param reserved true for units on the shelf, false for a place in the queue
 * @param quantity units
 * @param supplyId the supply that waiting units are pegged to; empty when none
 * @param promise the date
 * @param due the day from which they are wanted: the wanted date, or today
 * @param terms what every later date has to respect
 */
public record Grant(
    int line,
    String sku,
    String location,
    boolean reserved,
    long quantity,
    String supplyId,
    Promise promise,
    LocalDate due,
    Terms terms) {

  /** Waits for a supply that comes in time for its wanted date: nothing earlier would help. */
  public boolean isPatient() {
    return !reserved && !supplyId.isEmpty() && promise.constraint() == Constraint.WANTED_DATE;
  }
}
