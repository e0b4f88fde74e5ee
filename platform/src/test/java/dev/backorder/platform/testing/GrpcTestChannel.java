package dev.backorder.platform.testing;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** Plain channels to the server under test, as a client of any language would open them. */
public final class GrpcTestChannel {
  private static final Map<Integer, ManagedChannel> CHANNELS = new ConcurrentHashMap<>();

  private GrpcTestChannel() {}

  /** The port of the running application's gRPC server. */
  public static int port() {
    return ConfigProvider.getConfig().getValue("quarkus.grpc.server.test-port", Integer.class);
  }

  /** A channel to the application that this test runs. */
  public static ManagedChannel channel() {
    return channel(port());
  }

  /** A channel to a local port; kept open for the next caller. */
  public static ManagedChannel channel(int port) {
    return CHANNELS.computeIfAbsent(
        port, p -> NettyChannelBuilder.forAddress("127.0.0.1", p).usePlaintext().build());
  }

  /** The channel to this application with headers, given as name, value, name, value. */
  public static Channel with(String... headers) {
    Metadata metadata = new Metadata();
    for (int i = 0; i < headers.length; i += 2) {
      metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
    }
    return ClientInterceptors.intercept(
        channel(), MetadataUtils.newAttachHeadersInterceptor(metadata));
  }
}
