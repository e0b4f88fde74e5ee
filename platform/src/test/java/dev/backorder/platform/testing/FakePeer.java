package dev.backorder.platform.testing;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** A real gRPC server in this JVM that stands in for another service, by its contract. */
public final class FakePeer implements AutoCloseable {
  private final Server server;

  private FakePeer(Server server) {
    this.server = server;
  }

  /** Starts a server with these services on a free port. */
  public static FakePeer start(BindableService... services) {
    return start(0, services);
  }

  /** Starts a server with these services on a given port; 0 takes a free one. */
  public static FakePeer start(int port, BindableService... services) {
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    for (BindableService service : services) {
      builder.addService(service);
    }
    try {
      return new FakePeer(builder.build().start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /** The value for {@code backorder.peers.<name>}. */
  public String target() {
    return "list:///127.0.0.1:" + port();
  }

  /** Stops at once: open calls break. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
