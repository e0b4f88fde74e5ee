package dev.backorder.platform.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Counts unary calls in flight and lets them finish at shutdown, which the framework does not do
 * for this server. Streams are not waited for: their owners end them.
 */
@ApplicationScoped
@GlobalInterceptor
public class InFlight implements ServerInterceptor, Prioritized {
  private static final Logger LOG = Logger.getLogger(InFlight.class);
  private static final long POLL_NANOS = 20_000_000;

  private final ErrorStatuses statuses;
  private final GrpcLimits limits;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean open;
  private volatile boolean draining;

  InFlight(ErrorStatuses statuses, GrpcLimits limits, MeterRegistry meters) {
    this.statuses = statuses;
    this.limits = limits;
    meters.gauge("backorder.grpc.calls.in.flight", calls);
  }

  /** Before calls queue for a worker thread: also those that wait are in flight. */
  @Override
  public int getPriority() {
    return Interceptors.BLOCKING_HANDLER + 2;
  }

  /** Unary calls that have not been answered. */
  public int count() {
    return calls.get();
  }

  /** True once shutdown has begun. */
  public boolean isDraining() {
    return draining;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    if (call.getMethodDescriptor().getType() != MethodDescriptor.MethodType.UNARY
        || (open && isHealth(call))) {
      return next.startCall(call, headers);
    }
    if (draining || !open) {
      StatusRuntimeException status = statuses.unavailable();
      call.close(status.getStatus(), status.getTrailers());
      return new ServerCall.Listener<>() {};
    }
    calls.incrementAndGet();
    AtomicBoolean unanswered = new AtomicBoolean(true);
    Runnable end =
        () -> {
          if (unanswered.compareAndSet(true, false)) {
            calls.decrementAndGet();
          }
        };
    ServerCall<ReqT, RespT> counted =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void close(Status status, Metadata trailers) {
            try {
              super.close(status, trailers);
            } finally {
              end.run();
            }
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(counted, headers)) {
      @Override
      public void onCancel() {
        end.run();
        super.onCancel();
      }

      @Override
      public void onComplete() {
        end.run();
        super.onComplete();
      }
    };
  }

  /**
   * The server listens before the database is migrated; nothing is answered before all is ready.
   */
  void open(@Observes @Priority(4_000) StartupEvent event) {
    open = true;
  }

  void drain(@Observes @Priority(30) ShutdownEvent event) {
    draining = true;
    long deadline = System.nanoTime() + limits.drainTimeout().toNanos();
    while (calls.get() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    if (calls.get() > 0) {
      LOG.warnf(
          "%d calls were still running after %d s of shutdown",
          (Object) calls.get(), TimeUnit.NANOSECONDS.toSeconds(limits.drainTimeout().toNanos()));
    }
  }

  private static boolean isHealth(ServerCall<?, ?> call) {
    return call.getMethodDescriptor().getFullMethodName().startsWith("grpc.health.");
  }
}
