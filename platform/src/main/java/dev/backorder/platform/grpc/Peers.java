package dev.backorder.platform.grpc;

import dev.backorder.platform.errors.ServiceName;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.NameResolverRegistry;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Channels to other services, by {@code backorder.peers.<name>}. Calls are spread over the
 * replicas, retried while a replica is UNAVAILABLE, have a deadline, and carry our name and the
 * correlation id.
 */
@ApplicationScoped
public class Peers {
  private static final int MAX_TRAILER_BYTES = 65_536;

  /** grpc-java wants every number in here to be a Double. */
  private static final Map<String, ?> SERVICE_CONFIG =
      Map.of(
          "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
          "methodConfig",
              List.of(
                  Map.of(
                      "name", List.of(Map.of()),
                      "retryPolicy",
                          Map.of(
                              "maxAttempts",
                              4.0,
                              "initialBackoff",
                              "0.05s",
                              "maxBackoff",
                              "1s",
                              "backoffMultiplier",
                              2.0,
                              "retryableStatusCodes",
                              List.of("UNAVAILABLE")))));

  static {
    NameResolverRegistry.getDefaultRegistry().register(new ListNameResolvers());
  }

  private final PeerTargets targets;
  private final ServiceName self;
  private final GrpcLimits limits;
  private final Map<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  Peers(PeerTargets targets, ServiceName self, GrpcLimits limits) {
    this.targets = targets;
    this.self = self;
    this.limits = limits;
  }

  /**
   * The channel to a peer, opened at the first call.
   *
   * @throws IllegalStateException when {@code backorder.peers.<name>} is not set
   */
  public ManagedChannel channel(String name) {
    return channels.computeIfAbsent(name, this::open);
  }

  /** True when the target of the peer is configured. */
  public boolean isConfigured(String name) {
    return targets.peers().containsKey(name);
  }

  void close(@Observes @Priority(90) ShutdownEvent event) {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }

  private ManagedChannel open(String name) {
    String target = targets.peers().get(name);
    if (target == null) {
      throw new IllegalStateException("backorder.peers.%s is not set".formatted(name));
    }
    return NettyChannelBuilder.forTarget(target)
        .usePlaintext()
        .defaultServiceConfig(SERVICE_CONFIG)
        .disableServiceConfigLookUp()
        .enableRetry()
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .maxInboundMetadataSize(MAX_TRAILER_BYTES)
        .maxInboundMessageSize(Math.multiplyExact(limits.maxMessageBytes(), 8))
        .intercept(this::outgoing)
        .build();
  }

  private <ReqT, RespT> ClientCall<ReqT, RespT> outgoing(
      MethodDescriptor<ReqT, RespT> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, withDeadline(method, options))) {
      @Override
      public void start(Listener<RespT> listener, Metadata headers) {
        String correlationId = Calls.correlationId();
        headers.put(Calls.CALLER_HEADER, self.caller());
        headers.put(
            Calls.CORRELATION_HEADER,
            correlationId.isEmpty() ? Calls.newCorrelationId() : correlationId);
        super.start(listener, headers);
      }
    };
  }

  /** Streams live long; a unary call without a deadline would wait for ever. */
  private CallOptions withDeadline(MethodDescriptor<?, ?> method, CallOptions options) {
    boolean unary = method.getType() == MethodDescriptor.MethodType.UNARY;
    if (!unary || options.getDeadline() != null || Context.current().getDeadline() != null) {
      return options;
    }
    return options.withDeadlineAfter(limits.clientDeadline().toMillis(), TimeUnit.MILLISECONDS);
  }
}
