package dev.backorder.notification.testing;

import dev.backorder.platform.testing.FakeFeed;
import dev.backorder.platform.testing.FakePeer;
import org.eclipse.microprofile.config.ConfigProvider;

/** The feed of order-service, for all tests of one JVM. */
public final class OrderPeer {
  private static FakeFeed feed;

  private OrderPeer() {}

  /** The feed; the first call starts its server where the application expects it. */
  public static synchronized FakeFeed feed() {
    if (feed == null) {
      String target = ConfigProvider.getConfig().getValue("backorder.peers.order", String.class);
      feed = new FakeFeed();
      // Lives as long as the JVM: the application calls it whenever time moves.
      FakePeer unused =
          FakePeer.start(Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)), feed);
    }
    return feed;
  }
}
