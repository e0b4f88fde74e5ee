package dev.backorder.platform.grpc;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Transactions;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls. Anything thrown becomes a status by {@link ErrorStatuses}. */
public final class Replies {
  private Replies() {}

  /**
   * Answers a unary call. The supplier runs the whole use case, commit included, before the caller
   * hears of it. Nothing runs for a caller that has gone or whose deadline has passed while the
   * call waited for a thread. A use case whose transaction lost a race (40001, 40P01) runs again.
   */
  public static <T> void unary(StreamObserver<T> observer, Supplier<T> reply) {
    if (Context.current().isCancelled()) {
      throw DomainException.unavailable("The caller has gone.");
    }
    T response = Transactions.again(reply);
    observer.onNext(response);
    observer.onCompleted();
  }
}
