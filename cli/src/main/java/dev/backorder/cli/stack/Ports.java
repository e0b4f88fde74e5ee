package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Which port is whose: PostgreSQL {@code P}, SMTP {@code P+1}; replica {@code r} (from 1) of
 * service number {@code i} speaks gRPC on {@code P+10*i+r} and HTTP on {@code P+100+10*i+r}.
 *
 * @param base the port P
 */
public record Ports(int base) {

  /** Base port when none is given. */
  public static final int DEFAULT_BASE = 9100;

  /** Replicas that fit the scheme. */
  public static final int MAX_REPLICAS = 9;

  private static final int SPAN = 150;

  /** Refuses a base port whose range does not exist. */
  public Ports {
    if (base < 1024 || base + SPAN > 65_535) {
      throw CommandFailure.usage(
          "The base port must be between 1024 and " + (65_535 - SPAN) + ", not " + base + ".");
    }
  }

  /** PostgreSQL. */
  public int database() {
    return base;
  }

  /** The SMTP catcher. */
  public int smtp() {
    return base + 1;
  }

  /** gRPC of a replica, counted from 1. */
  public int grpc(ServiceKind kind, int replica) {
    return base + 10 * kind.number() + replica;
  }

  /** HTTP (health, metrics) of a replica, counted from 1. */
  public int http(ServiceKind kind, int replica) {
    return base + 100 + 10 * kind.number() + replica;
  }

  /**
   * A gRPC target that reaches all replicas, for example {@code
   * list:///127.0.0.1:9111,127.0.0.1:9112}.
   */
  public String target(ServiceKind kind, int replicas) {
    List<String> addresses = new ArrayList<>();
    for (int replica = 1; replica <= replicas; replica++) {
      addresses.add("127.0.0.1:" + grpc(kind, replica));
    }
    return "list:///" + String.join(",", addresses);
  }

  /** Refuses when any port that is needed is taken, and names it. */
  public void requireFree(int replicas) {
    requireFree(database(), "PostgreSQL");
    requireFree(smtp(), "the SMTP catcher");
    for (ServiceKind kind : ServiceKind.values()) {
      for (int replica = 1; replica <= replicas; replica++) {
        requireFree(grpc(kind, replica), kind.module() + " (gRPC)");
        requireFree(http(kind, replica), kind.module() + " (HTTP)");
      }
    }
  }

  private void requireFree(int port, String owner) {
    try (ServerSocket socket = new ServerSocket()) {
      // As the services do: a port in TIME_WAIT from the last run is free.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw CommandFailure.environment(
          "Port "
              + port
              + ", needed for "
              + owner
              + ", is in use: stop what listens there (maybe another `backorder up`)"
              + " or choose other ports with --base-port, for example --base-port "
              + (base + 1000)
              + ".",
          e);
    }
  }

  /** A base port whose whole range is free now, for runs that need no fixed addresses. */
  public static Ports findFree(int replicas) {
    CommandFailure last = null;
    for (int base = 21_000; base < 29_000; base += 200) {
      Ports ports = new Ports(base);
      try {
        ports.requireFree(replicas);
        return ports;
      } catch (CommandFailure e) {
        last = e;
      }
    }
    throw last;
  }
}
