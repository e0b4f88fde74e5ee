package dev.backorder.inventory.item;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Preorders: caps of the item and of its channels, their end, and a release that moves (AV3). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class PreorderTest extends StockroomTest {

  @Test
  void E01_a_channel_stops_at_its_cap_and_the_cap_stays_what_it_is() {
    inventory.with(preorder(1000).addChannelPolicies(channel("web", 100)));
    assertThat(order("o1", "web", 50).hasAllocation()).isTrue();
    Item item = read();
    assertThat(item.getChannelPolicies(0).getSalesPolicy().getBackorderLimit().getQuantity())
        .isEqualTo(100);
    assertThat(order("o2", "web", 51).getRefusals(0).getOrderableQuantity()).isEqualTo(50);
    assertThat(order("o3", "web", 50).hasAllocation()).isTrue();
    assertThat(order("o4", "web", 1).getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT);
    assertThat(order("o5", "shop", 500).hasAllocation()).as("another channel").isTrue();
  }

  @Test
  void the_smaller_of_the_channels_cap_and_the_items_cap_wins() {
    inventory.with(preorder(10).addChannelPolicies(channel("web", 8)));
    order("o1", "shop", 5);
    assertThat(order("o2", "web", 8).getRefusals(0).getOrderableQuantity()).isEqualTo(5);
    assertThat(order("o3", "web", 5).hasAllocation()).isTrue();
    room.cancel("o1");
    assertThat(order("o4", "web", 4).getRefusals(0).getOrderableQuantity())
        .as("three are left of the channel's eight, five of the item's ten")
        .isEqualTo(3);
  }

  @Test
  void what_arrives_and_what_is_lost_again_counts_on_the_channel_that_sold_it() {
    inventory.with(preorder(100).addChannelPolicies(channel("web", 8)));
    order("o1", "web", 8);
    inventory.adjust("book", 5);
    assertThat(room.fate("o1")).isEqualTo("5+3");
    assertThat(order("o2", "web", 6).getRefusals(0).getOrderableQuantity()).isEqualTo(5);
    inventory.discrepancy("book", -4);
    assertThat(room.fate("o1")).isEqualTo("1+7");
    assertThat(order("o3", "web", 2).getRefusals(0).getOrderableQuantity()).isEqualTo(1);
  }

  @Test
  void E05_when_a_preorder_ends_its_lines_wait_as_backorders_with_a_date() throws Exception {
    inventory.with(preorder(3));
    order("o1", "", 2);
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_RELEASE);

    change(
        item ->
            item.getSalesPolicyBuilder()
                .setSalesMode(SalesMode.SALES_MODE_BACKORDER)
                .clearReleaseDate()
                .clearBackorderLimit());

    assertThat(room.fate("o1")).isEqualTo("0+2");
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(room.promised("o1")).isEqualTo(room.day(5));
    assertThat(lastChange("o1").getCause())
        .isEqualTo(AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RELEASE_MOVED);
    assertThat(order("o2", "", 50).hasAllocation()).as("no cap any more").isTrue();
  }

  @Test
  void a_release_that_moves_moves_every_promise_that_rests_on_it_once() {
    inventory.with(preorder(100));
    order("waits", "", 2);
    room.supply("s1", "book", 10, room.day(3));
    order("pegged", "", 2);
    inventory.adjust("book", 20);
    order("reserved", "", 1);
    int before = inventory.eventsOf("reserved").size();

    change(item -> item.getSalesPolicyBuilder().setReleaseDate(Wire.date(room.day(50))));

    for (String order : List.of("waits", "pegged", "reserved")) {
      assertThat(room.promised(order)).as(order).isEqualTo(room.day(50));
    }
    assertThat(inventory.eventsOf("reserved")).hasSize(before + 1);
    change(item -> item.setDescription("another text"));
    assertThat(inventory.eventsOf("reserved")).as("nothing moved").hasSize(before + 1);
  }

  @Test
  void a_channel_that_sells_it_at_once_keeps_its_dates_when_the_release_moves() {
    Item.Builder book = preorder(100);
    book.addChannelPolicies(
        ChannelPolicy.newBuilder()
            .setChannel("press")
            .setSalesPolicy(
                SalesPolicy.newBuilder()
                    .setSalesMode(SalesMode.SALES_MODE_BACKORDER)
                    .setLeadTimeDays(9)));
    inventory.with(book);
    order("reader", "", 1);
    order("critic", "press", 1);
    change(item -> item.getSalesPolicyBuilder().setReleaseDate(Wire.date(room.day(50))));
    assertThat(room.promised("reader")).isEqualTo(room.day(50));
    assertThat(room.promised("critic")).isEqualTo(room.day(9));
  }

  @Test
  void after_its_last_day_nothing_more_can_be_preordered_until_it_is_released() {
    Item.Builder book = preorder(100);
    book.getSalesPolicyBuilder().setPreorderEndDate(Wire.date(room.day(2)));
    inventory.with(book);
    inventory.time.advance(Duration.ofDays(2));
    assertThat(order("o1", "", 1).hasAllocation()).as("on the last day").isTrue();
    inventory.time.advance(Duration.ofDays(1));
    AllocateOrderResponse late = order("o2", "", 1);
    assertThat(late.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_PREORDER_ENDED);
    assertThat(room.quote("book", 1).getOrderableQuantity()).isZero();
    inventory.time.advance(Duration.ofDays(40));
    assertThat(order("o3", "", 1).hasAllocation()).as("released").isTrue();
  }

  @Test
  void an_end_after_the_release_or_of_no_preorder_is_refused_by_its_field() {
    Item.Builder late = preorder(1);
    late.getSalesPolicyBuilder().setPreorderEndDate(Wire.date(room.day(41)));
    assertThat(Refusal.of(() -> inventory.with(late)).fields())
        .containsExactly("items[0].sales_policy.preorder_end_date");
    Item.Builder none = backorderItem("tea");
    none.getSalesPolicyBuilder().setPreorderEndDate(Wire.date(room.day(1)));
    assertThat(Refusal.of(() -> inventory.with(none)).fields())
        .containsExactly("items[0].sales_policy.preorder_end_date");
  }

  private AllocateOrderResponse order(String order, String channel, long quantity) {
    return room.place(
        orderOf(order, "book", quantity)
            .setSalesContext(SalesContext.newBuilder().setChannel(channel)));
  }

  private Item read() {
    return inventory.items.getItem(GetItemRequest.newBuilder().setSku("book").build()).getItem();
  }

  private void change(Consumer<Item.Builder> how) {
    Item.Builder item = read().toBuilder();
    how.accept(item);
    inventory.items.updateItem(
        UpdateItemRequest.newBuilder().setRequestId(request()).setItem(item).build());
  }

  private AllocationChanged lastChange(String order) throws InvalidProtocolBufferException {
    List<Event> events = inventory.eventsOf(order);
    return events
        .get(events.size() - 1)
        .getPayload()
        .unpack(InventoryEvent.class)
        .getAllocationChanged();
  }

  private Item.Builder preorder(long cap) {
    return backorderItem("book").setSalesPolicy(policy(cap, room.day(40)));
  }

  private ChannelPolicy channel(String channel, long cap) {
    return ChannelPolicy.newBuilder()
        .setChannel(channel)
        .setSalesPolicy(policy(cap, room.day(40)))
        .build();
  }

  private static SalesPolicy policy(long cap, LocalDate release) {
    return SalesPolicy.newBuilder()
        .setSalesMode(SalesMode.SALES_MODE_PREORDER)
        .setReleaseDate(Wire.date(release))
        .setLeadTimeDays(5)
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(cap))
        .build();
  }
}
