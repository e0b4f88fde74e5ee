package dev.backorder.platform.grpc;

import io.grpc.Attributes;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.grpc.runtime.Interceptors;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Spares unary calls two of five hops to a worker thread and back. The framework takes each event
 * of a call there by itself; a unary handler runs only when the caller has said all, so its request
 * may wait for that ({@link ReleasedRequests} passes it on), and no unary handler wants to know
 * when it may write.
 */
@ApplicationScoped
@GlobalInterceptor
public class HeldRequests implements ServerInterceptor, Prioritized {
  static final Attributes.Key<AtomicReference<Object>> HELD =
      Attributes.Key.create("backorder-held-request");

  /** Before the hop. */
  @Override
  public int getPriority() {
    return Interceptors.BLOCKING_HANDLER + 1;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    if (call.getMethodDescriptor().getType() != MethodDescriptor.MethodType.UNARY) {
      return next.startCall(call, headers);
    }
    AtomicReference<Object> held = new AtomicReference<>();
    Attributes attributes = call.getAttributes().toBuilder().set(HELD, held).build();
    ServerCall<ReqT, RespT> holding =
        new SimpleForwardingServerCall<>(call) {
          @Override
          public Attributes getAttributes() {
            return attributes;
          }
        };
    return new SimpleForwardingServerCallListener<>(next.startCall(holding, headers)) {
      @Override
      public void onMessage(ReqT message) {
        // A second one is against the protocol, which the handler's side must notice.
        if (!held.compareAndSet(null, message)) {
          super.onMessage(message);
        }
      }

      @Override
      public void onReady() {
        // Nobody listens.
      }
    };
  }
}
