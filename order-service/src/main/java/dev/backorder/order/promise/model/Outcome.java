package dev.backorder.order.promise.model;

/** What became of a promise. Decided once. */
public enum Outcome {
  OPEN,
  KEPT,
  BROKEN,
  RELEASED
}
