package dev.backorder.order.promise;

import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.promise.model.LedgerEntry;
import dev.backorder.order.promise.model.Retelling;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseToldCause;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/** A row of the promise ledger: what was told, and what became of it. */
record PromiseRow(
    UUID orderId,
    UUID lineId,
    String sku,
    PromiseTerms terms,
    Optional<LocalDate> shown,
    Instant toldTime,
    Retelling.Cause cause,
    int telling,
    LedgerEntry entry,
    Optional<Instant> outcomeTime) {
  /** The row with new counters; an outcome decided by them is decided now. */
  PromiseRow with(LedgerEntry changed, Instant now) {
    boolean decidedNow = changed.outcome() != entry.outcome();
    return new PromiseRow(
        orderId,
        lineId,
        sku,
        terms,
        shown,
        toldTime,
        cause,
        telling,
        changed,
        decidedNow ? Optional.of(now) : outcomeTime);
  }

  /** The row in the words of the contract. */
  PromiseRecord toProto() {
    PromiseRecord.Builder view =
        PromiseRecord.newBuilder()
            .setPromiseId(entry.promiseId().toString())
            .setOrderId(orderId.toString())
            .setLineId(lineId.toString())
            .setSku(sku)
            .setQuantity(entry.quantity())
            .setPromise(OrderViews.toProto(terms))
            .setToldTime(OrderViews.timestamp(toldTime))
            .setCause(PromiseToldCause.valueOf("PROMISE_TOLD_CAUSE_" + cause))
            .setOutcome(PromiseOutcome.valueOf("PROMISE_OUTCOME_" + entry.outcome()))
            .setTelling(telling);
    shown.ifPresent(day -> view.setShownShipByDate(OrderViews.date(day)));
    outcomeTime.ifPresent(time -> view.setOutcomeTime(OrderViews.timestamp(time)));
    return view.build();
  }
}
