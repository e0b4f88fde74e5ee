package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.Comparator;

/** Units of a line that share one fate. */
final class Part {
  /**
   * The queue: higher priority, then due earlier, then who came first; lines of an order in their
   * order. Parts of one line stand in the order in which they came to be: who gets another fate
   * than the rest of his part stands behind it.
   */
  static final Comparator<Part> QUEUE_ORDER =
      Comparator.comparingInt((Part part) -> -part.line.order.priority)
          .thenComparing(part -> part.due)
          .thenComparingLong(part -> part.line.order.sequence)
          .thenComparingInt(part -> part.line.number)
          .thenComparingInt(part -> part.number);

  /** What is given back first: what waits, of that the latest day, of that the last part. */
  static final Comparator<Part> WORST_FIRST =
      Comparator.comparing((Part part) -> part.reserved)
          .thenComparing(part -> part.told.shipBy(), Comparator.reverseOrder())
          .thenComparing(part -> part.place.site())
          .thenComparing(part -> part.number, Comparator.reverseOrder());

  final OrderLine line;
  final int number;
  final Place place;

  /** From which day the units are wanted. */
  final LocalDate due;

  final Terms terms;
  boolean reserved;
  long units;

  /** What it is pegged to; empty when to nothing. */
  String supply;

  Told told;

  Part(
      OrderLine line,
      int number,
      Place place,
      LocalDate due,
      Terms terms,
      boolean reserved,
      long units,
      String supply,
      Told told) {
    this.line = line;
    this.number = number;
    this.place = place;
    this.due = due;
    this.terms = terms;
    this.reserved = reserved;
    this.units = units;
    this.supply = supply;
    this.told = told;
  }

  Part copyFor(OrderLine other) {
    return new Part(other, number, place, due, terms, reserved, units, supply, told);
  }

  /** So many units of it, which can have a fate of their own then. */
  Part split(long some) {
    if (some == units) {
      return this;
    }
    Part part = new Part(line, line.nextNumber(), place, due, terms, reserved, some, supply, told);
    units -= some;
    line.parts.add(part);
    return part;
  }

  void take(long some) {
    units -= some;
    if (units == 0) {
      line.parts.remove(this);
    }
  }

  boolean isPegged() {
    return !supply.isEmpty();
  }

  /** Waits for a supply that comes in time for the day on which it is wanted. */
  boolean isPatient() {
    return !reserved && isPegged() && told.isForWantedDay();
  }
}
