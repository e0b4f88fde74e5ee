package dev.backorder.inventory.reference;

import java.time.LocalDate;

/** A supply. */
final class Coming {
  final String id;
  final Place place;
  long expected;
  long received;
  LocalDate expectedDay;

  /** The day on which it is counted on. */
  LocalDate day;

  boolean overdue;
  State state;

  /** Units that are inspected, and no purchase order. */
  final boolean inspected;

  enum State {
    PLANNED,
    CONFIRMED,
    CLOSED,
    CANCELLED
  }

  Coming(String id, Place place, long expected, LocalDate day, State state, boolean inspected) {
    this.id = id;
    this.place = place;
    this.expected = expected;
    this.expectedDay = day;
    this.day = day;
    this.state = state;
    this.inspected = inspected;
  }

  Coming copy() {
    Coming copy = new Coming(id, place, expected, expectedDay, state, inspected);
    copy.received = received;
    copy.day = day;
    copy.overdue = overdue;
    return copy;
  }

  boolean isOpen() {
    return state == State.PLANNED || state == State.CONFIRMED;
  }

  /** Units that are still to come. */
  long open() {
    return isOpen() ? Math.max(0, expected - received) : 0;
  }
}
