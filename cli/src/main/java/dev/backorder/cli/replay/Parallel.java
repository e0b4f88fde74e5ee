package dev.backorder.cli.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Runs calls that do not influence each other, some at a time, and hands their results over in the
 * order in which they were submitted: so the outcome does not depend on which one was faster.
 */
final class Parallel implements AutoCloseable {

  private static final int CALLS_IN_FLIGHT = 16;

  private final ExecutorService executor;
  private final List<Runnable> pending = new ArrayList<>();
  private final Map<String, CompletableFuture<?>> last = new HashMap<>();

  Parallel() {
    executor =
        Executors.newFixedThreadPool(
            CALLS_IN_FLIGHT,
            task -> {
              Thread thread = new Thread(task, "replay-call");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts a call; {@code result} is given its answer by {@link #join}. */
  <R> void submit(Callable<R> call, Consumer<R> result) {
    submit(Set.of(), call, result);
  }

  /**
   * As {@link #submit(Callable, Consumer)}, but after every call that was submitted earlier for one
   * of the same subjects has ended.
   */
  <R> void submit(Set<String> subjects, Callable<R> call, Consumer<R> result) {
    CompletableFuture<?>[] before =
        subjects.stream()
            .map(last::get)
            .filter(Objects::nonNull)
            .distinct()
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture<R> future =
        CompletableFuture.allOf(before)
            .handle((done, failure) -> true)
            .thenApplyAsync(ready -> run(call), executor);
    subjects.forEach(subject -> last.put(subject, future));
    pending.add(() -> result.accept(await(future)));
  }

  private static <R> R run(Callable<R> call) {
    try {
      return call.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for every call that was started and hands its result over. */
  void join() {
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).run();
    }
    pending.clear();
    last.clear();
  }

  private static <R> R await(Future<R> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
