package dev.backorder.cli.calls;

import dev.backorder.cli.stack.ServiceKind;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.ForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The replicas of one service. Calls go round; one that fails because a replica is gone, busy or
 * slow is repeated with the same content at the next, so a mutation must carry a {@code
 * request_id}.
 */
public final class Replicas implements AutoCloseable {

  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 1000;
  private static final Metadata.Key<String> CALLER =
      Metadata.Key.of("x-backorder-caller", Metadata.ASCII_STRING_MARSHALLER);

  private final ServiceKind kind;
  private final List<ManagedChannel> channels;
  private final Duration deadline;
  private final Duration patience;
  private final CallTimes times;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Connects when the first call is made.
   *
   * @param addresses {@code host:port} of each replica
   * @param deadline of one attempt
   * @param patience how long a call is repeated
   * @param times learns how long calls take
   */
  public Replicas(
      ServiceKind kind,
      List<String> addresses,
      Duration deadline,
      Duration patience,
      CallTimes times) {
    this.kind = kind;
    this.deadline = deadline;
    this.patience = patience;
    this.times = times;
    List<ManagedChannel> opened = new ArrayList<>();
    for (String address : addresses) {
      opened.add(
          NettyChannelBuilder.forTarget(address)
              .usePlaintext()
              .maxInboundMessageSize(MAX_MESSAGE_BYTES)
              .keepAliveTime(30, TimeUnit.SECONDS)
              .build());
    }
    this.channels = List.copyOf(opened);
  }

  /** Which service it is. */
  public ServiceKind kind() {
    return kind;
  }

  /** Makes a call on a blocking stub that it is given the channel for. */
  public <R> R call(Function<Channel, R> call) {
    return call(deadline, call);
  }

  /** As {@link #call(Function)}, with another deadline for one attempt. */
  public <R> R call(Duration attemptDeadline, Function<Channel, R> call) {
    long giveUp = System.nanoTime() + patience.toNanos();
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      int index = Math.floorMod(next.getAndIncrement(), channels.size());
      try {
        return call.apply(
            ClientInterceptors.intercept(
                channels.get(index), new Caller(kind.module(), attemptDeadline, times)));
      } catch (StatusRuntimeException e) {
        if (!isWorthRepeating(e) || System.nanoTime() > giveUp) {
          throw e;
        }
      }
      pause(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
    }
  }

  static boolean isWorthRepeating(StatusRuntimeException e) {
    Status.Code code = e.getStatus().getCode();
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.DEADLINE_EXCEEDED
        || (code == Status.Code.RESOURCE_EXHAUSTED && CallErrors.isOverload(e));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("stopped").withCause(e).asRuntimeException();
    }
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  /** Says who calls, and for how long. */
  private record Caller(String service, Duration deadline, CallTimes times)
      implements ClientInterceptor {

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel channel) {
      CallOptions timed = options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new ForwardingClientCall.SimpleForwardingClientCall<>(channel.newCall(method, timed)) {
        @Override
        public void start(Listener<A> listener, Metadata headers) {
          headers.put(CALLER, "backorder-cli");
          long started = System.nanoTime();
          super.start(
              new SimpleForwardingClientCallListener<>(listener) {
                @Override
                public void onClose(Status status, Metadata trailers) {
                  times.add(
                      service + " " + method.getFullMethodName(), System.nanoTime() - started);
                  super.onClose(status, trailers);
                }
              },
              headers);
        }
      };
    }
  }
}
