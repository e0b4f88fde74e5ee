package dev.backorder.inventory.testing;

import dev.backorder.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * What every test of inventory-service runs on: a real PostgreSQL, simulated time, free ports, and
 * a place where the feed of supplier-service will be ({@link SupplierPeer}). All tests share one
 * application, so all of them name this resource and no other.
 */
public class InventoryResource implements QuarkusTestResourceLifecycleManager {

  /** A Monday. */
  public static final String START = "2026-03-02T09:00:00Z";

  /** A channel that allows four percent of late orders. */
  public static final String STRICT_CHANNEL = "strict";

  /** A channel that allows more of them than we do. */
  public static final String LOOSE_CHANNEL = "loose.example";

  private final PostgresResource postgres = new PostgresResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(postgres.start());
    config.put("backorder.clock.simulated", "true");
    config.put("backorder.clock.start", START);
    config.put("backorder.peers.supplier", "list:///127.0.0.1:" + freePort());
    // Small, so that a few items are several batches.
    config.put("backorder.replenishment.batch-size", "3");
    config.put("backorder.availability.watch-heartbeat", "500ms");
    config.put("backorder.promise.channel-late-limit-percent." + STRICT_CHANNEL, "4");
    config.put("backorder.promise.channel-late-limit-percent.\"" + LOOSE_CHANNEL + "\"", "40");
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
