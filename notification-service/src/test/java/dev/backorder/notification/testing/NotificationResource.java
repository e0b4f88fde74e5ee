package dev.backorder.notification.testing;

import dev.backorder.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;

/**
 * What every test of notification-service runs on: a real PostgreSQL, simulated time, free ports, a
 * place where the feed of order-service will be ({@link OrderPeer}) and one for the mail server
 * ({@link MailServer}). All tests share one application, so all of them name this resource and no
 * other.
 */
public class NotificationResource implements QuarkusTestResourceLifecycleManager {
  /** A Monday. */
  public static final String START = "2026-03-02T09:00:00Z";

  /** After so many failed attempts a delivery is parked. */
  public static final int MAX_ATTEMPTS = 4;

  private final PostgresResource postgres = new PostgresResource();

  @Override
  public Map<String, String> start() {
    Map<String, String> config = new HashMap<>(postgres.start());
    config.put("backorder.clock.simulated", "true");
    config.put("backorder.clock.start", START);
    config.put("backorder.peers.order", "list:///127.0.0.1:" + freePort());
    config.put("quarkus.mailer.host", "127.0.0.1");
    config.put("quarkus.mailer.port", Integer.toString(freePort()));
    config.put("backorder.mail.brand-name", "Lantern & Loom (Leeds)");
    config.put("backorder.mail.brand-color", "#7a2e3a");
    config.put("backorder.mail.support-address", "help@lantern.example");
    config.put("backorder.mail.storefront-url", "https://lantern.example");
    config.put("backorder.delivery.answer-timeout", "2s");
    config.put("backorder.delivery.max-attempts", Integer.toString(MAX_ATTEMPTS));
    config.put("backorder.delivery.first-retry", "10s");
    config.put("backorder.delivery.longest-retry", "1m");
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
