package dev.backorder.order.testing;

import dev.backorder.platform.testing.FakeFeed;
import dev.backorder.platform.testing.FakePeer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Starts {@link FakeInventory} with its feed as the peer of the application under test. One for all
 * tests of a run.
 */
public class InventoryResource implements QuarkusTestResourceLifecycleManager {
  private static FakeInventory inventory;
  private FakePeer peer;

  @Override
  public Map<String, String> start() {
    FakeFeed feed = new FakeFeed();
    use(new FakeInventory(feed));
    peer = FakePeer.start(inventory, feed);
    return Map.of("backorder.peers.inventory", peer.target());
  }

  @Override
  public void stop() {
    peer.close();
  }

  /** The shelf of the running application. */
  static FakeInventory inventory() {
    return inventory;
  }

  private static void use(FakeInventory started) {
    inventory = started;
  }
}
