package dev.backorder.platform.grpc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/**
 * {@code backorder.peers.<service>}: gRPC targets, {@code dns:///host:port} or {@code
 * list:///host:port,host:port}.
 */
@ConfigMapping(prefix = "backorder.peers")
public interface PeerTargets {
  /** Target by name of the service. */
  @WithParentName
  Map<String, String> peers();
}
