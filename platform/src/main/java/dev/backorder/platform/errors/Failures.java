package dev.backorder.platform.errors;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.transaction.RollbackException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells failures that pass by themselves from those that do not. */
public final class Failures {
  private static final int MOST_CAUSES = 20;

  private Failures() {}

  /**
   * True for a deadlock or serialization failure (40001, 40P01): running the transaction again is
   * right.
   */
  public static boolean isConflict(Throwable failure) {
    return sqlState(failure).filter(s -> s.equals("40001") || s.equals("40P01")).isPresent();
  }

  /**
   * True when the database does not answer: no connection, shutting down, too many clients, pool
   * exhausted.
   */
  public static boolean isDatabaseDown(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .anyMatch(Failures::isConnectionFailure);
  }

  /**
   * True when the same work may well succeed later without any change: it is retried, never set
   * aside.
   */
  public static boolean isTransient(Throwable failure) {
    return isConflict(failure)
        || isDatabaseDown(failure)
        || sqlState(failure).filter(s -> s.equals("55P03") || s.equals("57014")).isPresent()
        || causes(failure).anyMatch(Failures::isTransientItself);
  }

  private static boolean isTransientItself(Throwable failure) {
    if (failure instanceof DomainException refusal) {
      return refusal.kind() == DomainException.Kind.UNAVAILABLE
          || refusal.kind() == DomainException.Kind.EXHAUSTED;
    }
    if (failure instanceof StatusRuntimeException remote) {
      Status.Code code = remote.getStatus().getCode();
      return code == Status.Code.UNAVAILABLE
          || code == Status.Code.DEADLINE_EXCEEDED
          || code == Status.Code.RESOURCE_EXHAUSTED
          || code == Status.Code.CANCELLED;
    }
    if (failure instanceof OutOfMemoryError) {
      return true;
    }
    // The transaction timed out or lost its connection before the commit, with no cause of ours.
    return failure instanceof RollbackException && failure.getCause() == null;
  }

  private static boolean isConnectionFailure(SQLException failure) {
    String state = failure.getSQLState();
    if (state == null) {
      // The pool says it in words only.
      String message = String.valueOf(failure.getMessage());
      return message.startsWith("Acquisition timeout") || message.contains("closed");
    }
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P0");
  }

  private static Optional<String> sqlState(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(e -> ((SQLException) e).getSQLState())
        .filter(s -> s != null)
        .findFirst();
  }

  /** The failure and what caused it, outermost first. */
  public static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, f -> f != null, Throwable::getCause).limit(MOST_CAUSES);
  }
}
