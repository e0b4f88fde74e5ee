package dev.backorder.inventory.ringfence;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of ring fences whose time has passed. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class EndedRingFenceTest extends StockroomTest {

  @Test
  void what_a_member_gives_back_after_the_end_leaves_the_books_right() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    inventory.ringFences.createRingFence(
        CreateRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFence(
                RingFence.newBuilder()
                    .setRingFenceId("f1")
                    .setSku("tea")
                    .setChannel("web")
                    .setQuantity(4)
                    .setEndTime(Wire.timestamp(inventory.time.now().plus(Duration.ofHours(1)))))
            .build());
    room.place(
        orderOf("o1", "tea", 3).setSalesContext(SalesContext.newBuilder().setChannel("web")));
    inventory.time.advance(Duration.ofHours(2));
    room.checkBooks();
    room.cancel("o1");
    room.checkBooks();
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(5);
  }
}
