package dev.backorder.platform.lane;

import dev.backorder.platform.errors.DomainException;
import java.util.function.Supplier;

/**
 * What one call of a batch gets: a refusal of one call must not fail the others.
 *
 * @param <R> what is answered
 */
public sealed interface Verdict<R> {
  /** The answer, or the refusal thrown. */
  R get();

  /** An answer. */
  record Answer<R>(R response) implements Verdict<R> {
    @Override
    public R get() {
      return response;
    }
  }

  /** A refused call. */
  record Refused<R>(DomainException failure) implements Verdict<R> {
    @Override
    public R get() {
      throw failure;
    }
  }

  /** What the work answers, or its refusal. */
  static <R> Verdict<R> of(Supplier<R> work) {
    try {
      return new Answer<>(work.get());
    } catch (DomainException e) {
      return new Refused<>(e);
    }
  }
}
