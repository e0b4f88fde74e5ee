package dev.backorder.platform.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Closes calls whose handler threw. Replaces the default of the framework, which returns the
 * caller's request headers as trailers and the exception's message as status.
 */
@ApplicationScoped
public class StatusExceptionHandlers implements ExceptionHandlerProvider {
  private final ErrorStatuses statuses;

  StatusExceptionHandlers(ErrorStatuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public <ReqT, RespT> ExceptionHandler<ReqT, RespT> createHandler(
      ServerCall.Listener<ReqT> listener, ServerCall<ReqT, RespT> call, Metadata headers) {
    return new ExceptionHandler<>(listener, call, headers) {
      @Override
      protected void handleException(
          Throwable failure, ServerCall<ReqT, RespT> failed, Metadata ignored) {
        StatusRuntimeException status = statuses.toStatus(failure);
        close(failed, status.getStatus(), trailers(status));
      }
    };
  }

  @Override
  public Throwable transform(Throwable failure) {
    StatusRuntimeException status = statuses.toStatus(failure);
    return new StatusException(status.getStatus(), trailers(status));
  }

  private static Metadata trailers(StatusRuntimeException status) {
    Metadata trailers = status.getTrailers();
    return trailers == null ? new Metadata() : trailers;
  }

  private static <ReqT, RespT> void close(
      ServerCall<ReqT, RespT> call, Status status, Metadata trailers) {
    try {
      call.close(status, trailers);
    } catch (IllegalStateException alreadyClosed) {
      // The caller has its answer, or has gone.
    }
  }
}
