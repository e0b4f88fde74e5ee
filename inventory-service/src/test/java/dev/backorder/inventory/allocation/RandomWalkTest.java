package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Stockroom.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.DeleteRingFenceRequest;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.ListQualityHoldsRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.QualityHold;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.SeededRandom;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Anything that can happen, in any order: the books agree after every step. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class RandomWalkTest {
  private static final int STEPS = 80;
  static final List<String> SKUS = List.of("tea", "jam", "salt");
  static final String KIT = "set";
  private static final Map<String, Long> PER_KIT = Map.of(SKUS.get(0), 2L, SKUS.get(1), 1L);
  static final List<String> PLACES = List.of(LEEDS, "york");

  @Test
  void the_books_agree_after_every_step() {
    SeededRandom.rounds(3, random -> new Walk(random).run());
  }

  private static final class Walk {
    private final RandomGenerator random;
    private final Stockroom room = Stockroom.empty();
    private final Map<String, Long> onHand = new HashMap<>();
    private final List<String> orders = new ArrayList<>();
    private final Map<String, Long> toCome = new HashMap<>();
    private final RandomDemand demand;
    private final RandomTransfers transfers;
    private int fences;
    private final Map<String, String> skuOfSupply = new HashMap<>();

    Walk(RandomGenerator random) {
      this.random = random;
      demand = new RandomDemand(random, room, orders);
      transfers = new RandomTransfers(random, room, onHand, this::receive);
      room.inventory.with(location("york").setPriority(3).setHandlingDays(1));
      SKUS.forEach(sku -> room.inventory.with(item(sku)));
      room.inventory.with(kit());
    }

    private static Item.Builder item(String sku) {
      Item.Builder item = backorderItem(sku);
      item.addChannelPolicies(
          ChannelPolicy.newBuilder().setChannel("web").setSalesPolicy(limited(item, 12)));
      return item.setSalesPolicy(limited(item, 40));
    }

    private static Item.Builder kit() {
      Item.Builder kit = backorderItem(KIT);
      kit.getSalesPolicyBuilder().setLeadTimeDays(0);
      PER_KIT.forEach(
          (sku, units) ->
              kit.addComponents(KitComponent.newBuilder().setSku(sku).setQuantity(units)));
      return kit;
    }

    private static SalesPolicy limited(Item.Builder item, long most) {
      return item.getSalesPolicy().toBuilder()
          .setBackorderLimit(
              BackorderLimit.newBuilder()
                  .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                  .setQuantity(most))
          .build();
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        step();
        room.checkBooks();
        SKUS.forEach(this::unitsAreWhereTheyShould);
      }
      room.inventory.time.advance(Duration.ofDays(40));
      room.checkBooks();
    }

    private void step() {
      switch (random.nextInt(18)) {
        case 0, 1, 2 -> demand.order();
        case 3 -> supply();
        case 4 -> receive();
        case 5 -> changeSupply();
        case 6 -> withHolding(allocation -> room.cancel(allocation.getOrderId()));
        case 7 -> withHolding(this::releasePart);
        case 8 -> withHolding(this::shipOrTakeBack);
        case 9, 10 -> demand.holdOrLetGo();
        case 11 -> fence();
        case 12, 13 -> suspectOrInspect();
        case 14, 15, 16 -> transfers.move();
        default -> findOrWait();
      }
    }

    /** Units are kept for a channel, for a while or for good, or not any more. */
    private void fence() {
      if (fences > 0 && random.nextInt(3) == 0) {
        fences--;
        room.inventory.ringFences.deleteRingFence(
            DeleteRingFenceRequest.newBuilder()
                .setRequestId(Inventory.request())
                .setRingFenceId("f" + fences)
                .build());
        return;
      }
      RingFence.Builder fence =
          RingFence.newBuilder()
              .setRingFenceId("f" + fences++)
              .setSku(sku())
              .setLocation(random.nextInt(3) == 0 ? PLACES.get(random.nextInt(2)) : "")
              .setChannel(List.of("web", "market").get(random.nextInt(2)))
              .setQuantity(units(9));
      if (random.nextBoolean()) {
        fence.setEndTime(
            Timestamp.newBuilder()
                .setSeconds(room.inventory.time.now().getEpochSecond() + random.nextInt(500_000)));
      }
      room.inventory.ringFences.createRingFence(
          CreateRingFenceRequest.newBuilder()
              .setRequestId(Inventory.request())
              .setRingFence(fence)
              .build());
    }

    private void supply() {
      String id = "s" + toCome.size();
      String sku = sku();
      long quantity = units(20);
      room.told(
          id,
          sku,
          PLACES.get(random.nextInt(2)),
          quantity,
          room.day(random.nextInt(15)),
          random.nextBoolean() ? SupplyState.CONFIRMED : SupplyState.PLANNED);
      toCome.put(id, quantity);
      skuOfSupply.put(id, sku);
    }

    private void receive() {
      openSupply()
          .ifPresent(
              id -> {
                long open = toCome.get(id);
                // Sometimes a little more than was ordered, which is tolerated.
                long quantity = random.nextInt(4) == 0 ? open + 2 : 1 + random.nextLong(open);
                receive(id, quantity);
                toCome.put(id, Math.max(0, open - quantity));
                onHand.merge(skuOfSupply.get(id), quantity, Long::sum);
              });
    }

    /** Some of what arrives has to be inspected. */
    private void receive(String id, long quantity) {
      long suspects = random.nextInt(3) == 0 ? random.nextLong(quantity + 1) : 0;
      room.inventory.supplies.receiveGoods(
          ReceiveGoodsRequest.newBuilder()
              .setRequestId(Inventory.request())
              .addGoods(
                  ArrivedGoods.newBuilder()
                      .setSupplyId(id)
                      .setQuantity(quantity)
                      .setQualityHoldQuantity(suspects))
              .build());
    }

    /** Units of the shelf go into quality hold, or some of those that are there leave it. */
    private void suspectOrInspect() {
      List<QualityHold> holds =
          room.inventory
              .quality
              .listQualityHolds(ListQualityHoldsRequest.getDefaultInstance())
              .getQualityHoldsList();
      if (!holds.isEmpty() && random.nextInt(3) > 0) {
        inspect(holds.get(random.nextInt(holds.size())));
        return;
      }
      String sku = sku();
      long units = Math.min(5, lost(sku));
      if (units > 0) {
        PlaceQualityHoldRequest.Builder hold =
            PlaceQualityHoldRequest.newBuilder()
                .setRequestId(Inventory.request())
                .setLocation(LEEDS)
                .setSku(sku)
                .setQuantity(units)
                .setReason("doubt");
        if (random.nextBoolean()) {
          hold.setExpectedDate(Wire.date(room.day(random.nextInt(9))));
        }
        room.inventory.quality.placeQualityHold(hold.build());
      }
    }

    private void inspect(QualityHold hold) {
      long accepted = random.nextLong(hold.getHeldQuantity() + 1);
      long rejected = random.nextLong(hold.getHeldQuantity() - accepted + 1);
      if (accepted + rejected > 0) {
        room.inventory.quality.releaseQualityHold(
            ReleaseQualityHoldRequest.newBuilder()
                .setRequestId(Inventory.request())
                .setQualityHoldId(hold.getQualityHoldId())
                .setAcceptedQuantity(accepted)
                .setRejectedQuantity(rejected)
                .setReason("inspected")
                .build());
        onHand.merge(hold.getSku(), -rejected, Long::sum);
      }
    }

    private void changeSupply() {
      openSupply()
          .ifPresent(
              id -> {
                switch (random.nextInt(4)) {
                  case 0 -> {
                    room.cancelSupply(id);
                    toCome.put(id, 0L);
                  }
                  case 1 -> {
                    long received = room.supply(id).getReceivedQuantity();
                    long left = random.nextLong(12);
                    room.resize(id, received + left);
                    toCome.put(id, left);
                  }
                  default -> room.redate(id, room.day(random.nextInt(15)));
                }
              });
    }

    private java.util.Optional<String> openSupply() {
      List<String> open =
          toCome.entrySet().stream()
              .filter(e -> e.getValue() > 0)
              .map(Map.Entry::getKey)
              .sorted()
              .toList();
      return open.isEmpty()
          ? java.util.Optional.empty()
          : java.util.Optional.of(open.get(random.nextInt(open.size())));
    }

    private void withHolding(java.util.function.Consumer<Allocation> what) {
      if (!orders.isEmpty()) {
        what.accept(room.held(orders.get(random.nextInt(orders.size()))));
      }
    }

    private void releasePart(Allocation allocation) {
      AllocationLine line = allocation.getLines(0);
      long held = line.getReservedQuantity() + line.getWaitingQuantity();
      if (held > 0) {
        room.release(allocation.getOrderId(), 1 + random.nextLong(held));
      }
    }

    private void shipOrTakeBack(Allocation allocation) {
      AllocationLine line = allocation.getLines(0);
      long out = line.getShippedQuantity() - line.getReturnedQuantity();
      if (out > 0 && random.nextBoolean()) {
        room.takeBack(allocation.getOrderId(), out);
        moved(line, out);
        return;
      }
      for (AllocationPortion portion : line.getPortionsList()) {
        if (portion.getState() == PortionState.PORTION_STATE_RESERVED) {
          room.ship(allocation.getOrderId(), portion.getLocation(), portion.getQuantity());
          moved(line, -portion.getQuantity());
        }
      }
    }

    /** Units of the line came in: of a kit those of its components. */
    private void moved(AllocationLine line, long units) {
      if (line.getSku().equals(KIT)) {
        PER_KIT.forEach((sku, perKit) -> onHand.merge(sku, units * perKit, Long::sum));
      } else {
        onHand.merge(line.getSku(), units, Long::sum);
      }
    }

    private void findOrWait() {
      if (random.nextBoolean()) {
        room.inventory.time.advance(Duration.ofHours(random.nextInt(60)));
        return;
      }
      String sku = sku();
      long quantity = random.nextInt(3) > 0 ? units(6) : -lost(sku);
      if (quantity != 0) {
        room.inventory.discrepancy(sku, quantity);
        onHand.merge(sku, quantity, Long::sum);
      }
    }

    /** Some of what is there, reserved or not. */
    private long lost(String sku) {
      return random.nextLong(room.inventory.balance(sku).getOnHandQuantity() + 1);
    }

    private void unitsAreWhereTheyShould(String sku) {
      long counted =
          room
              .inventory
              .stock
              .getStock(GetStockRequest.newBuilder().setSku(sku).build())
              .getBalancesList()
              .stream()
              .mapToLong(b -> b.getOnHandQuantity() + b.getQuarantineQuantity())
              .sum();
      assertThat(counted).as(sku).isEqualTo(onHand.getOrDefault(sku, 0L));
    }

    private String sku() {
      return SKUS.get(random.nextInt(SKUS.size()));
    }

    private long units(int most) {
      return 1L + random.nextInt(most);
    }
  }
}
