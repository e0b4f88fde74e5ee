package dev.backorder.platform.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.concurrent.atomic.AtomicReference;

/** Passes on what {@link HeldRequests} held, on the worker thread. */
@ApplicationScoped
@GlobalInterceptor
public class ReleasedRequests implements ServerInterceptor, Prioritized {

  /** After the hop. */
  @Override
  public int getPriority() {
    return Interceptors.BLOCKING_HANDLER - 1;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    ServerCall.Listener<ReqT> listener = next.startCall(call, headers);
    AtomicReference<Object> held = call.getAttributes().get(HeldRequests.HELD);
    if (held == null) {
      return listener;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onHalfClose() {
        @SuppressWarnings("unchecked") // what this call's own onMessage put there
        ReqT request = (ReqT) held.getAndSet(null);
        if (request != null) {
          super.onMessage(request);
        }
        super.onHalfClose();
      }
    };
  }
}
