package dev.backorder.platform.feed;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/** The application follows its own feed, in real time. */
public class OwnFeedProfile implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    int port = freePort();
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.grpc.server.test-port", Integer.toString(port));
    config.put("backorder.peers.fake", "list:///127.0.0.1:" + port);
    config.put("backorder.background.enabled", "true");
    config.put("backorder.feed.heartbeat", "300ms");
    return config;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same on simulated time. */
  public static class Simulated extends OwnFeedProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = super.getConfigOverrides();
      config.put("backorder.clock.simulated", "true");
      config.put("backorder.clock.start", "2010-12-01T00:00:00Z");
      return config;
    }
  }
}
