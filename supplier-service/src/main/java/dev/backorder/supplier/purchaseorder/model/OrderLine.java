package dev.backorder.supplier.purchaseorder.model;

import dev.backorder.supplier.catalogue.model.BuyingTerms;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * One item of a purchase order.
 *
 * @param id the supply id in inventory-service
 * @param sku our sku
 * @param wanted units asked for, before rounding: the sum of its needs
 * @param ordered units ordered
 * @param accepted units that the supplier accepted; 0 before
 * @param received units that inventory-service counted
 * @param state where it stands
 * @param expectedDate our estimate, then the supplier's date
 * @param firstPromised the first date that the supplier gave
 * @param leadTimeDays working days from order to arrival when the line was made
 */
public record OrderLine(
    UUID id,
    String sku,
    long wanted,
    long ordered,
    long accepted,
    long received,
    LineState state,
    LocalDate expectedDate,
    Optional<LocalDate> firstPromised,
    int leadTimeDays) {
  /** A new line that nobody has answered. */
  public static OrderLine open(
      UUID id, String sku, long wanted, BuyingTerms terms, int leadTimeDays, LocalDate estimate) {
    return new OrderLine(
        id,
        sku,
        wanted,
        terms.orderQuantity(wanted),
        0,
        0,
        LineState.OPEN,
        estimate,
        Optional.empty(),
        leadTimeDays);
  }

  /** Units that we count on: what the supplier accepted, before that what we ordered. */
  public long expected() {
    return accepted > 0 ? accepted : ordered;
  }

  /**
   * A further need. The sum is rounded, not the rounded sum added to: whoever asks does not count
   * what rounding adds to a draft.
   */
  OrderLine grow(long quantity, BuyingTerms terms) {
    long sum = Math.addExact(wanted, quantity);
    return new OrderLine(
        id,
        sku,
        sum,
        terms.orderQuantity(sum),
        accepted,
        received,
        state,
        expectedDate,
        firstPromised,
        leadTimeDays);
  }

  OrderLine estimate(LocalDate date) {
    return dated(date, firstPromised);
  }

  /** The supplier's answer: so many units on that day. */
  OrderLine accept(long quantity, LocalDate date, Tolerance tolerance) {
    LineState next =
        tolerance.isComplete(quantity, received) ? LineState.RECEIVED : LineState.ACCEPTED;
    return with(quantity, received, next).redate(date);
  }

  OrderLine reject() {
    return with(0, received, LineState.REJECTED);
  }

  OrderLine redate(LocalDate date) {
    return dated(date, Optional.of(firstPromised.orElse(date)));
  }

  /** Goods came: {@code total} units so far. A smaller total is old news. */
  OrderLine receive(long total, Tolerance tolerance) {
    if (total <= received) {
      return this;
    }
    boolean complete = tolerance.isComplete(expected(), total);
    LineState next =
        switch (state) {
          case OPEN, ACCEPTED -> complete ? LineState.RECEIVED : LineState.ACCEPTED;
          case REJECTED, CANCELLED, CLOSED -> complete ? LineState.RECEIVED : LineState.CLOSED;
          case RECEIVED -> LineState.RECEIVED;
        };
    // Goods that come before any answer are an answer.
    long nowAccepted = state == LineState.OPEN ? ordered : accepted;
    return with(nowAccepted, total, next);
  }

  OrderLine close() {
    return state.isAlive() ? with(accepted, received, LineState.CLOSED) : this;
  }

  /** Withdraws what has not arrived; a line of which something has is closed. */
  OrderLine cancel() {
    if (!state.isAlive()) {
      return this;
    }
    return with(accepted, received, received > 0 ? LineState.CLOSED : LineState.CANCELLED);
  }

  private OrderLine with(long newAccepted, long newReceived, LineState newState) {
    return new OrderLine(
        id,
        sku,
        wanted,
        ordered,
        newAccepted,
        newReceived,
        newState,
        expectedDate,
        firstPromised,
        leadTimeDays);
  }

  private OrderLine dated(LocalDate date, Optional<LocalDate> first) {
    return new OrderLine(
        id, sku, wanted, ordered, accepted, received, state, date, first, leadTimeDays);
  }
}
