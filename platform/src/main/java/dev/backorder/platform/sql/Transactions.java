package dev.backorder.platform.sql;

import dev.backorder.platform.errors.Failures;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Where transactions that lost a race run again: a deadlock (40P01), a serialization failure
 * (40001) or a {@link LostRace}. Nothing outside the database may happen inside the work.
 */
@ApplicationScoped
public class Transactions {
  private static final int MOST_ATTEMPTS = 5;
  private static final long FIRST_PAUSE_NANOS = 2_000_000;

  /** Thrown by work that noticed it must be run again in a new transaction. */
  public static final class LostRace extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A race about {@code what} was lost. */
    public LostRace(String what) {
      super(what);
    }
  }

  /**
   * Runs work that opens its own transaction (a {@code @Transactional} method of another bean),
   * again when it lost a race. Must be called outside any transaction.
   */
  public <T> T retrying(Supplier<T> work) {
    return again(work);
  }

  /** The same, for those who have no bean at hand; every unary call goes through here. */
  public static <T> T again(Supplier<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return work.get();
      } catch (RuntimeException failure) {
        if (attempt == MOST_ATTEMPTS || !(Failures.isConflict(failure) || isLostRace(failure))) {
          throw failure;
        }
        long longest = FIRST_PAUSE_NANOS << attempt;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest / 2, longest));
      }
    }
  }

  /** Runs work in a new transaction of its own, again when it lost a race. */
  public <T> T inNew(Supplier<T> work) {
    return retrying(() -> QuarkusTransaction.requiringNew().call(work::get));
  }

  /** Runs work in a new transaction of its own, again when it lost a race. */
  public void runInNew(Runnable work) {
    inNew(
        () -> {
          work.run();
          return true;
        });
  }

  private static boolean isLostRace(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LostRace) {
        return true;
      }
    }
    return false;
  }
}
