package dev.backorder.platform.lane;

import dev.backorder.platform.errors.DomainException;
import java.util.ArrayList;
import java.util.List;
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
  record Refused<R>(RuntimeException failure) implements Verdict<R> {
    @Override
    public R get() {
      throw failure;
    }
  }

  /** A verdict on a verdict is the inner one, unless there is none. */
  static <R> List<Verdict<R>> flat(List<Verdict<Verdict<R>>> verdicts) {
    List<Verdict<R>> flat = new ArrayList<>();
    for (Verdict<Verdict<R>> verdict : verdicts) {
      flat.add(
          verdict instanceof Verdict.Refused<Verdict<R>> refused
              ? new Refused<>(refused.failure())
              : verdict.get());
    }
    return flat;
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
