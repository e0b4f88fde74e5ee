package dev.backorder.inventory.book;

import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.Constraint;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Terms;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Units of a line that share one fate.
 *
 * @param id which portion
 * @param key where they are, or wait
 * @param reserved true when they are on the shelf, false when they wait
 * @param quantity units
 * @param place where the line stands in the queue
 * @param segment on which channel it was sold, and to which class of customers
 * @param supplyId the supply that waiting units are pegged to; empty when none
 * @param promise the date told for them
 * @param terms what every date of them has to respect
 * @param since when they began to wait, or were reserved
 */
public record Portion(
    PortionId id,
    StockKey key,
    boolean reserved,
    long quantity,
    Place place,
    Segment segment,
    String supplyId,
    Promise promise,
    Terms terms,
    Instant since) {

  /** Which portion of which line. */
  public record PortionId(String orderId, int lineNo, int portionNo) {}

  /**
   * Place in the queue: higher priority first, then who is due earlier, then who came first; lines
   * of an order in their order.
   *
   * @param due the day from which the units are wanted: the wanted date, or the day of the order
   */
  public record Place(int priority, LocalDate due, long sequence) {}

  /** The channel on which it was sold; empty for the default one. */
  public String channel() {
    return segment.channel();
  }

  /** Pegged to a supply. */
  public boolean isPegged() {
    return !supplyId.isEmpty();
  }

  /**
   * Units among these that nothing earlier would help: they wait for a supply that comes in time
   * for the day on which they are wanted.
   */
  public long patient() {
    return !reserved && isPegged() && promise.constraint() == Constraint.WANTED_DATE ? quantity : 0;
  }

  /** Whether its units are its own: on the shelf, or promised of a supply. */
  public boolean isOwn() {
    return reserved || isPegged();
  }

  /** With another quantity. */
  public Portion withQuantity(long units) {
    return new Portion(id, key, reserved, units, place, segment, supplyId, promise, terms, since);
  }

  /** A part of this portion under another number. */
  public Portion part(int portionNo, long units) {
    return new Portion(
        new PortionId(id.orderId(), id.lineNo(), portionNo),
        key,
        reserved,
        units,
        place,
        segment,
        supplyId,
        promise,
        terms,
        since);
  }

  /** Waiting on, with another peg and date. */
  public Portion pegged(String supply, Promise newPromise) {
    return new Portion(id, key, false, quantity, place, segment, supply, newPromise, terms, since);
  }

  /** On the shelf, with its date. */
  public Portion filled(Promise newPromise) {
    return new Portion(id, key, true, quantity, place, segment, "", newPromise, terms, since);
  }

  /** With the fate of another portion of its line. */
  public Portion withFate(boolean onShelf, String supply, Promise newPromise) {
    return new Portion(
        id, key, onShelf, quantity, place, segment, supply, newPromise, terms, since);
  }

  /** Under other terms, with the date that they allow. */
  public Portion under(Terms newTerms, Promise newPromise) {
    return new Portion(
        id, key, reserved, quantity, place, segment, supplyId, newPromise, newTerms, since);
  }
}
