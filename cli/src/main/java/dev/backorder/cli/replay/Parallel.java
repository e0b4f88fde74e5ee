package dev.backorder.cli.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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

  private static final int CALLS_IN_FLIGHT = 4;

  private final ExecutorService executor;
  private final List<Runnable> pending = new ArrayList<>();

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
    Future<R> future = executor.submit(call);
    pending.add(() -> result.accept(await(future)));
  }

  /** Waits for every call that was started and hands its result over. */
  void join() {
    for (int i = 0; i < pending.size(); i++) {
      pending.get(i).run();
    }
    pending.clear();
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
