package dev.backorder.platform.grpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import org.jboss.logging.MDC;

/**
 * Makes caller and correlation id known to everything that runs for a call, and turns what the
 * handler throws into the caller's status while they are still known. Runs on the thread that runs
 * the handler.
 */
@ApplicationScoped
@GlobalInterceptor
public class CallContextInterceptor implements ServerInterceptor, Prioritized {
  private static final int PRIORITY = 1_000;

  private final ErrorStatuses statuses;

  CallContextInterceptor(ErrorStatuses statuses) {
    this.statuses = statuses;
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    Context context = Calls.of(headers);
    MDC.put(Calls.LOG_FIELD, Calls.correlationIdIn(context));
    Context previous = context.attach();
    try {
      return new InContext<>(next.startCall(call, headers), call, context);
    } finally {
      context.detach(previous);
    }
  }

  private final class InContext<ReqT, RespT> extends SimpleForwardingServerCallListener<ReqT> {
    private final ServerCall<ReqT, RespT> call;
    private final Context context;

    InContext(ServerCall.Listener<ReqT> delegate, ServerCall<ReqT, RespT> call, Context context) {
      super(delegate);
      this.call = call;
      this.context = context;
    }

    @Override
    public void onMessage(ReqT message) {
      within(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      within(super::onHalfClose);
    }

    @Override
    public void onCancel() {
      within(super::onCancel);
    }

    @Override
    public void onComplete() {
      within(super::onComplete);
    }

    @Override
    public void onReady() {
      within(super::onReady);
    }

    private void within(Runnable event) {
      Context previous = context.attach();
      MDC.put(Calls.LOG_FIELD, Calls.correlationIdIn(context));
      try {
        event.run();
      } catch (RuntimeException | Error failure) {
        close(failure);
      } finally {
        context.detach(previous);
      }
    }

    private void close(Throwable failure) {
      if (call.isCancelled()) {
        return;
      }
      StatusRuntimeException status = statuses.toStatus(failure);
      Metadata trailers = status.getTrailers() == null ? new Metadata() : status.getTrailers();
      try {
        call.close(status.getStatus(), trailers);
      } catch (IllegalStateException alreadyClosed) {
        // The caller has its answer, or has gone.
      }
    }
  }
}
