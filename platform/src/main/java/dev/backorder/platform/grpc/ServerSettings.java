package dev.backorder.platform.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/**
 * Tunes the grpc-java server. The builder must be the Vert.x one: with Netty's own, the application
 * starts without any gRPC server.
 */
@ApplicationScoped
public class ServerSettings implements ServerBuilderCustomizer<VertxServerBuilder> {
  /**
   * What the transport refuses has a status but no details. So it takes four times as much, and
   * {@link ValidationInterceptor} refuses by the real limit.
   */
  private static final int TRANSPORT_FACTOR = 4;

  private final GrpcLimits limits;

  ServerSettings(GrpcLimits limits) {
    this.limits = limits;
  }

  @Override
  public void customize(GrpcServerConfiguration config, VertxServerBuilder builder) {
    builder
        .maxInboundMessageSize(Math.multiplyExact(limits.maxMessageBytes(), TRANSPORT_FACTOR))
        .maxInboundMetadataSize(limits.maxMetadataBytes());
    NettyServerBuilder netty = builder.nettyBuilder();
    netty
        .maxConnectionAge(limits.maxConnectionAge().toMillis(), TimeUnit.MILLISECONDS)
        .maxConnectionAgeGrace(limits.maxConnectionAgeGrace().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(limits.permitKeepAlive().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true)
        .maxConcurrentCallsPerConnection(limits.maxConcurrentCallsPerConnection());
  }
}
