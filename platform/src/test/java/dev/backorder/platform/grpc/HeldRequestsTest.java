package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.StreamEventsRequest;
import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldRequestsTest {
  private final List<String> hops = new ArrayList<>();
  private final List<String> seen = new ArrayList<>();

  @Test
  void a_unary_request_makes_one_hop_with_the_end_of_the_call() {
    var listener = start(FeedServiceGrpc.getListEventsMethod());
    listener.onReady();
    listener.onMessage(ListEventsRequest.getDefaultInstance());
    assertThat(hops).isEmpty();

    listener.onHalfClose();
    listener.onComplete();
    assertThat(hops).containsExactly("half-close", "complete");
    assertThat(seen).containsExactly("message", "half-close", "complete");
  }

  @Test
  void a_second_request_is_passed_on_for_the_handler_to_refuse() {
    var listener = start(FeedServiceGrpc.getListEventsMethod());
    listener.onMessage(ListEventsRequest.getDefaultInstance());
    listener.onMessage(ListEventsRequest.getDefaultInstance());
    listener.onHalfClose();

    assertThat(seen).containsExactly("message", "message", "half-close");
  }

  @Test
  void a_call_that_ends_without_a_request_still_ends() {
    var listener = start(FeedServiceGrpc.getListEventsMethod());
    listener.onHalfClose();
    listener.onCancel();

    assertThat(seen).containsExactly("half-close", "cancel");
  }

  @Test
  void streams_hear_everything_when_it_happens() {
    var listener = start(FeedServiceGrpc.getStreamEventsMethod());
    listener.onReady();
    listener.onMessage(StreamEventsRequest.getDefaultInstance());

    assertThat(seen).containsExactly("ready", "message");
  }

  /** The two interceptors as they stand, with the framework's hop between them. */
  private <Q, R> ServerCall.Listener<Q> start(MethodDescriptor<Q, R> method) {
    ServerCallHandler<Q, R> handler = (call, headers) -> new Recording<>(seen, null);
    ServerInterceptor hop =
        new ServerInterceptor() {
          @Override
          public <A, B> ServerCall.Listener<A> interceptCall(
              ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            return new Recording<>(hops, next.startCall(call, headers));
          }
        };
    ServerCallHandler<Q, R> released = intercepted(new ReleasedRequests(), handler);
    ServerCallHandler<Q, R> hopping = intercepted(hop, released);
    return new HeldRequests().interceptCall(new NoCall<>(method), new Metadata(), hopping);
  }

  private static <Q, R> ServerCallHandler<Q, R> intercepted(
      ServerInterceptor interceptor, ServerCallHandler<Q, R> next) {
    return (call, headers) -> interceptor.interceptCall(call, headers, next);
  }

  private static final class Recording<Q> extends ServerCall.Listener<Q> {
    private final List<String> events;
    private final ServerCall.Listener<Q> next;

    Recording(List<String> events, ServerCall.Listener<Q> next) {
      this.events = events;
      this.next = next == null ? new ServerCall.Listener<>() {} : next;
    }

    @Override
    public void onMessage(Q message) {
      events.add("message");
      next.onMessage(message);
    }

    @Override
    public void onHalfClose() {
      events.add("half-close");
      next.onHalfClose();
    }

    @Override
    public void onCancel() {
      events.add("cancel");
      next.onCancel();
    }

    @Override
    public void onComplete() {
      events.add("complete");
      next.onComplete();
    }

    @Override
    public void onReady() {
      events.add("ready");
      next.onReady();
    }
  }

  private static final class NoCall<Q, R> extends ServerCall<Q, R> {
    private final MethodDescriptor<Q, R> method;

    NoCall(MethodDescriptor<Q, R> method) {
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, R> getMethodDescriptor() {
      return method;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(R message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
