package dev.backorder.inventory.book;

import dev.backorder.inventory.promise.model.Basis;
import dev.backorder.inventory.promise.model.Constraint;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.wire.Wire;

/** Promises as the contract writes them. */
public final class PromiseMessages {
  private PromiseMessages() {}

  /** A promise; the supply is told only when the date rests on it. */
  public static dev.backorder.inventory.v1.Promise render(Promise promise, String supplyId) {
    var message =
        dev.backorder.inventory.v1.Promise.newBuilder()
            .setShipByDate(Wire.date(promise.shipBy()))
            .setPercentile(promise.percentile())
            .setBasis(basis(promise.basis()))
            .setConstraint(constraint(promise.constraint()));
    promise.deliverBy().ifPresent(day -> message.setDeliverByDate(Wire.date(day)));
    if (promise.basis() == Basis.SUPPLY) {
      message.setSupplyId(supplyId);
    }
    return message.build();
  }

  private static PromiseBasis basis(Basis basis) {
    return switch (basis) {
      case STOCK -> PromiseBasis.PROMISE_BASIS_STOCK;
      case SUPPLY -> PromiseBasis.PROMISE_BASIS_SUPPLY;
      case PURCHASE -> PromiseBasis.PROMISE_BASIS_PURCHASE;
      case RELEASE -> PromiseBasis.PROMISE_BASIS_RELEASE;
      case MADE_TO_ORDER -> PromiseBasis.PROMISE_BASIS_MADE_TO_ORDER;
    };
  }

  private static PromiseConstraint constraint(Constraint constraint) {
    return switch (constraint) {
      case HANDLING -> PromiseConstraint.PROMISE_CONSTRAINT_HANDLING;
      case SUPPLY_DATE -> PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_DATE;
      case SUPPLIER_LEAD_TIME -> PromiseConstraint.PROMISE_CONSTRAINT_SUPPLIER_LEAD_TIME;
      case RELEASE_DATE -> PromiseConstraint.PROMISE_CONSTRAINT_RELEASE_DATE;
      case WORKING_CALENDAR -> PromiseConstraint.PROMISE_CONSTRAINT_WORKING_CALENDAR;
      case INSPECTION -> PromiseConstraint.PROMISE_CONSTRAINT_INSPECTION;
      case SUPPLY_OVERDUE -> PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_OVERDUE;
      case WANTED_DATE -> PromiseConstraint.PROMISE_CONSTRAINT_WANTED_DATE;
    };
  }
}
