package dev.backorder.platform.lane;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.Failures;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Natural batching: one thread takes all that is queued when its previous batch is done, in arrival
 * order, and hands it to the processor as one batch. There is no linger: a lone item goes at once.
 * A failing batch is halved down to the item that fails, so the others still get their answers.
 * Close it when calls have been drained: in an observer of {@code ShutdownEvent} with a priority
 * over 30.
 *
 * @param <I> what is asked
 * @param <O> what is answered, one per item, in the same order
 */
public final class Lane<I, O> implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final String name;
  private final int capacity;
  private final int mostPerBatch;
  private final ToIntFunction<I> weight;
  private final Function<List<I>, List<O>> processor;
  private final Thread thread;
  private final Deque<Item<I, O>> queue = new ArrayDeque<>();
  private long queuedWeight;
  private boolean closed;

  private record Item<I, O>(I input, int weight, CompletableFuture<O> answer) {}

  /**
   * Starts a lane.
   *
   * @param capacity most weight that may wait; more is refused with RESOURCE_EXHAUSTED
   * @param mostPerBatch most weight of one batch; a single heavier item is a batch of its own
   * @param weight how much an item counts, at least 1
   * @param processor decides a batch in one transaction of its own; runs on the lane's thread
   */
  public Lane(
      String name,
      int capacity,
      int mostPerBatch,
      ToIntFunction<I> weight,
      Function<List<I>, List<O>> processor) {
    this.name = name;
    this.capacity = capacity;
    this.mostPerBatch = mostPerBatch;
    this.weight = weight;
    this.processor = processor;
    this.thread = new Thread(this::run, "lane-" + name);
    this.thread.setDaemon(true);
    this.thread.start();
  }

  /**
   * Queues an item.
   *
   * @throws DomainException EXHAUSTED when the queue is full, UNAVAILABLE when the lane is closed
   */
  public CompletableFuture<O> submit(I input) {
    Item<I, O> item =
        new Item<>(input, Math.max(1, weight.applyAsInt(input)), new CompletableFuture<>());
    synchronized (queue) {
      if (closed) {
        throw DomainException.unavailable("Shutting down.");
      }
      if (!queue.isEmpty() && queuedWeight + item.weight() > capacity) {
        throw DomainException.exhausted(
            ErrorReason.ERROR_REASON_OVERLOADED,
            "Too much waits in " + name + ".",
            Duration.ofSeconds(1));
      }
      queue.add(item);
      queuedWeight += item.weight();
      queue.notifyAll();
    }
    return item.answer();
  }

  /**
   * Queues an item and waits for its answer, no longer than the caller's deadline.
   *
   * @throws RuntimeException what the processor threw for this item
   */
  public O call(I input) {
    return await(submit(input));
  }

  /**
   * Queues items in this sequence and waits for their answers, as {@link #call} for each: what
   * refuses one leaves the others alone.
   */
  public List<Verdict<O>> callAll(List<I> inputs) {
    List<Supplier<O>> answers = new ArrayList<>();
    for (I input : inputs) {
      answers.add(submitted(input));
    }
    List<Verdict<O>> verdicts = new ArrayList<>();
    for (Supplier<O> answer : answers) {
      try {
        verdicts.add(new Verdict.Answer<>(answer.get()));
      } catch (RuntimeException failure) {
        verdicts.add(new Verdict.Refused<>(failure));
      }
    }
    return verdicts;
  }

  /** A full lane refuses one item; those before it are on their way. */
  private Supplier<O> submitted(I input) {
    try {
      CompletableFuture<O> answer = submit(input);
      return () -> await(answer);
    } catch (DomainException refusal) {
      return () -> {
        throw refusal;
      };
    }
  }

  /**
   * Waits for the answer to an item that was queued, no longer than the caller's deadline.
   *
   * @throws RuntimeException what the processor threw for this item
   */
  public O await(CompletableFuture<O> answer) {
    var deadline = Context.current().getDeadline();
    long nanos =
        deadline == null
            ? LONGEST_WAIT.toNanos()
            : Math.max(1, deadline.timeRemaining(TimeUnit.NANOSECONDS));
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw DomainException.unavailable("No answer from " + name + " in time.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw DomainException.unavailable("Interrupted.");
    }
  }

  /** Items that wait. */
  public int depth() {
    synchronized (queue) {
      return queue.size();
    }
  }

  /** Refuses new items, answers those that wait, and ends. */
  @Override
  public void close() {
    synchronized (queue) {
      closed = true;
      queue.notifyAll();
    }
    try {
      thread.join(LONGEST_WAIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      for (List<Item<I, O>> batch = take(); !batch.isEmpty(); batch = take()) {
        process(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** All that waits, up to the limit; empty when the lane is closed and nothing waits. */
  private List<Item<I, O>> take() throws InterruptedException {
    synchronized (queue) {
      while (queue.isEmpty() && !closed) {
        queue.wait();
      }
      List<Item<I, O>> batch = new ArrayList<>();
      int taken = 0;
      while (!queue.isEmpty()
          && (batch.isEmpty() || taken + queue.peek().weight() <= mostPerBatch)) {
        Item<I, O> item = queue.remove();
        taken += item.weight();
        batch.add(item);
      }
      queuedWeight -= taken;
      return batch;
    }
  }

  private void process(List<Item<I, O>> batch) {
    try {
      List<O> answers = processor.apply(batch.stream().map(Item::input).toList());
      if (answers.size() != batch.size()) {
        throw new IllegalStateException(
            "%d answers for %d items".formatted(answers.size(), batch.size()));
      }
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (RuntimeException | Error failure) {
      split(batch, failure);
    }
  }

  private void split(List<Item<I, O>> batch, Throwable failure) {
    if (batch.size() == 1 || Failures.isDatabaseDown(failure)) {
      batch.forEach(item -> item.answer().completeExceptionally(failure));
      return;
    }
    int half = batch.size() / 2;
    process(batch.subList(0, half));
    process(batch.subList(half, batch.size()));
  }
}
