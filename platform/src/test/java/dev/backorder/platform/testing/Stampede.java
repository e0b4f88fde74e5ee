package dev.backorder.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Lets many threads do something at the same moment. */
public final class Stampede {
  private static final long PATIENCE_SECONDS = 120;

  private Stampede() {}

  /**
   * Runs {@code task} on every thread at once and returns all results; fails with the first
   * failure.
   */
  public static <T> List<T> run(int threads, Callable<T> task) {
    return run(threads, i -> task);
  }

  /** Runs a task of its own on every thread at once; results come in the order of the threads. */
  public static <T> List<T> run(int threads, IntFunction<Callable<T>> tasks) {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier gate = new CyclicBarrier(threads);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Callable<T> task = tasks.apply(i);
        futures.add(
            pool.submit(
                () -> {
                  gate.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (ExecutionException e) {
      throw new AssertionError("one of the threads failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("the threads did not end", e);
    } finally {
      pool.shutdownNow();
    }
  }
}
