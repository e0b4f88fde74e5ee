package dev.backorder.order.promise.model;

import dev.backorder.order.order.model.PromiseTerms;
import java.util.UUID;

/**
 * A new date for units of a promise.
 *
 * @param supersedes the promise that was told for them
 * @param quantity units that moved
 */
public record Retelling(UUID supersedes, long quantity, PromiseTerms terms, Cause cause) {
  /** Why a date was told. */
  public enum Cause {
    PLACED,
    LATER,
    EARLIER,
    ADDED
  }
}
