package dev.backorder.platform.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code backorder.grpc.*}: limits of the server and defaults of the clients. */
@ConfigMapping(prefix = "backorder.grpc")
public interface GrpcLimits {
  /** Largest request in bytes; over it RESOURCE_EXHAUSTED. */
  @WithDefault("4194304")
  int maxMessageBytes();

  /** Largest sum of request headers in bytes. */
  @WithDefault("16384")
  int maxMetadataBytes();

  /** Calls at once per connection; the client queues more. */
  @WithDefault("256")
  int maxConcurrentCallsPerConnection();

  /** Connections are renewed after this long, so that clients see new replicas. */
  @WithDefault("5m")
  Duration maxConnectionAge();

  /** How long a renewed connection may finish its calls. */
  @WithDefault("10m")
  Duration maxConnectionAgeGrace();

  /** Clients may ping this often. */
  @WithDefault("20s")
  Duration permitKeepAlive();

  /** Longest wait for calls in flight at shutdown. */
  @WithDefault("20s")
  Duration drainTimeout();

  /**
   * Builds the rules of all requests before the service is ready, which takes some seconds of
   * processor time; else the first call of each method pays for its own.
   */
  @WithDefault("true")
  boolean buildRulesAtStart();

  /** Deadline of unary calls to peers that set none. */
  @WithDefault("2s")
  Duration clientDeadline();
}
