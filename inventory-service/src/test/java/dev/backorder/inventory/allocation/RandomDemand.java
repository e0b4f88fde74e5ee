package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.wire.Wire;
import java.util.List;
import java.util.random.RandomGenerator;

/** Carts and orders that want something, at random. */
final class RandomDemand {
  private final RandomGenerator random;
  private final Stockroom room;

  /** Those that were allocated. */
  private final List<String> orders;

  RandomDemand(RandomGenerator random, Stockroom room, List<String> orders) {
    this.random = random;
    this.room = room;
    this.orders = orders;
  }

  /** A cart takes something, another thing, or nothing more; some orders come from carts. */
  void holdOrLetGo() {
    String cart = cart();
    if (random.nextInt(4) == 0) {
      room.inventory.holds.releaseHold(
          ReleaseHoldRequest.newBuilder()
              .setRequestId(Inventory.request())
              .setCartId(cart)
              .build());
      return;
    }
    PlaceHoldRequest.Builder hold =
        PlaceHoldRequest.newBuilder()
            .setRequestId(Inventory.request())
            .setCartId(cart)
            .setSalesContext(SalesContext.newBuilder().setChannel(channel()))
            .setTimeToLive(
                com.google.protobuf.Duration.newBuilder().setSeconds(1 + random.nextInt(100_000)))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS);
    RandomWalkTest.SKUS.stream()
        .filter(sku -> random.nextBoolean())
        .forEach(sku -> hold.addLines(HoldLine.newBuilder().setSku(sku).setQuantity(units(9))));
    if (random.nextInt(3) == 0) {
      hold.addLines(HoldLine.newBuilder().setSku(RandomWalkTest.KIT).setQuantity(units(3)));
    }
    if (hold.getLinesCount() > 0) {
      room.inventory.holds.placeHold(hold.build());
    }
  }

  /** Each has a limit of its own, and so has the item. */
  private String channel() {
    return List.of("", "web", "market").get(random.nextInt(3));
  }

  private String cart() {
    return "cart" + random.nextInt(3);
  }

  void order() {
    String id = "o" + orders.size();
    AllocateOrderRequest.Builder order =
        orderOf(id, random.nextInt(4) == 0 ? RandomWalkTest.KIT : sku(), units(6))
            .setSalesContext(
                SalesContext.newBuilder().setPriority(random.nextInt(3)).setChannel(channel()))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
            .setCartId(random.nextBoolean() ? cart() : "");
    for (int i = random.nextInt(4); i > 0; i--) {
      order.addLines(maybeLater(line("l" + i, sku(), units(9))));
    }
    if (random.nextInt(3) == 0) {
      order.addLines(line("kit", RandomWalkTest.KIT, units(4)));
    }
    order.setLines(0, maybeLater(order.getLines(0)));
    AllocateOrderResponse response = room.place(order);
    if (response.hasAllocation()) {
      orders.add(id);
    }
    Allocation allocation = response.getAllocation();
    for (AllocationLine line : allocation.getLinesList()) {
      for (AllocationPortion portion : line.getPortionsList()) {
        assertThat(Wire.day(portion.getPromise().getShipByDate()))
            .as("never in the past")
            .isAfterOrEqualTo(room.today());
        if (line.hasWantedDate()) {
          assertThat(Wire.day(portion.getPromise().getShipByDate()))
              .as("never before it is wanted")
              .isAfterOrEqualTo(Wire.day(line.getWantedDate()));
        }
      }
    }
  }

  /** Some lines may leave at once, some only later. */
  private AllocateOrderLine.Builder maybeLater(AllocateOrderLine line) {
    AllocateOrderLine.Builder later = line.toBuilder();
    if (random.nextInt(3) == 0) {
      later.setWantedDate(Wire.date(room.day(random.nextInt(20) - 1)));
    }
    return later;
  }

  private String sku() {
    return RandomWalkTest.SKUS.get(random.nextInt(RandomWalkTest.SKUS.size()));
  }

  private long units(int most) {
    return 1L + random.nextInt(most);
  }
}
