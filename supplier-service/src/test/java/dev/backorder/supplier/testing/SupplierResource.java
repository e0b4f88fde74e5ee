package dev.backorder.supplier.testing;

import dev.backorder.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * What every test of supplier-service runs on: a real PostgreSQL, simulated time, free ports, and a
 * place where the feed of inventory-service will be ({@link InventoryPeer}). All tests share one
 * application, so all of them name this resource and no other.
 */
public class SupplierResource implements QuarkusTestResourceLifecycleManager {
  /** A Monday morning. */
  public static final String START = "2026-03-02T09:00:00Z";

  /** Small, so that a test can fill a draft. */
  public static final int MOST_DRAFT_LINES = 20;

  private final PostgresResource postgres = new PostgresResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(postgres.start());
    config.put("backorder.clock.simulated", "true");
    config.put("backorder.clock.start", START);
    config.put("backorder.peers.inventory", "list:///127.0.0.1:" + freePort());
    config.put("backorder.purchase-order.most-draft-lines", Integer.toString(MOST_DRAFT_LINES));
    config.put("backorder.feed.first-retry", "1s");
    config.put("quarkus.grpc.server.test-port", "0");
    config.put("quarkus.http.test-port", "0");
    return config;
  }

  @Override
  public void stop() {
    postgres.stop();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
