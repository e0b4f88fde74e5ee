package dev.backorder.inventory.hold;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.GetHoldRequest;
import dev.backorder.inventory.v1.Hold;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ListHoldsRequest;
import dev.backorder.inventory.v1.ListHoldsResponse;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceHoldResponse;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a cart holds nobody else can have, until its time is over (AL2). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class HoldTest extends StockroomTest {

  @Test
  void B15_a_hold_is_replaced_and_not_added() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    Hold first = hold("c1", "tea", 5).getHold();
    assertThat(first.getExpireTime().getSeconds())
        .isGreaterThan(inventory.time.now().getEpochSecond() + 60);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(10);
    assertThat(inventory.balance("tea").getHeldQuantity()).isEqualTo(5);

    hold("c1", "tea", 5);

    assertThat(inventory.balance("tea").getHeldQuantity()).isEqualTo(5);
    assertThat(held("c1")).isEqualTo("tea 5+0");
  }

  @Test
  void B17_only_what_neither_orders_nor_other_carts_have_can_be_held() {
    inventory.with(location("york").setPriority(1)).with(inStockOnly("tea"));
    put("york", "tea", 3);
    inventory.adjust("tea", 3);
    room.order("o1", "tea", 3);
    assertThat(hold("c1", "tea", 4).getRefusals(0).getOrderableQuantity()).isEqualTo(3);
    hold("c2", "tea", 2);
    assertThat(hold("c1", "tea", 2).getRefusals(0).getOrderableQuantity()).isEqualTo(1);
    assertThat(hold("c1", "tea", 1).getRefusalsList()).isEmpty();
  }

  @Test
  void B05_what_another_cart_holds_at_the_first_location_is_taken_from_the_next() {
    inventory.with(location("york").setPriority(1)).with(inStockOnly("tea")).adjust("tea", 4);
    put("york", "tea", 3);
    hold("c1", "tea", 2);
    List<String> parts =
        room.order("o1", "tea", 3).getAllocation().getLines(0).getPortionsList().stream()
            .map(HoldTest::part)
            .toList();
    assertThat(parts).containsExactlyInAnyOrder("2 leeds", "1 york");
  }

  @Test
  void B19_a_hold_may_grow_and_shrink_within_what_there_is() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    hold("c1", "tea", 2);
    assertThat(hold("c1", "tea", 7).getRefusalsList()).isEmpty();
    assertThat(held("c1")).isEqualTo("tea 7+0");
    hold("c1", "tea", 2);
    assertThat(held("c1")).isEqualTo("tea 2+0");

    inventory.adjust("tea", -8);
    PlaceHoldResponse refused = hold("c1", "tea", 10);

    assertThat(refused.getRefusals(0).getOrderableQuantity()).isEqualTo(2);
    assertThat(refused.getHold().getLines(0).getOnHandQuantity()).isEqualTo(2);
    assertThat(held("c1")).as("keeps what it had").isEqualTo("tea 2+0");
  }

  @Test
  void B25_a_cart_never_blocks_itself_and_many_questions_get_the_answer_of_one() {
    inventory.with(backorderItem("tea")).adjust("tea", 50);
    hold("c1", "tea", 9);
    assertThat(inventory.balance("tea").getHeldQuantity()).isEqualTo(9);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(41);
    assertThat(quote("", 42).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_PARTLY_AVAILABLE);
    assertThat(quote("c1", 50).getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    QuoteAvailabilityRequest.Builder many = QuoteAvailabilityRequest.newBuilder().setCartId("c1");
    many.addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(50));
    many.addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(1));
    assertThat(inventory.availability.quoteAvailability(many.build()).getLines(0))
        .isEqualTo(quote("c1", 50));
  }

  @Test
  void E03_places_within_a_cap_are_held_too() {
    inventory.with(preorder("book", 3));
    assertThat(hold("c1", "book", 2).getRefusalsList()).isEmpty();
    assertThat(held("c1")).isEqualTo("book 0+2");
    assertThat(room.order("o1", "book", 2).getRefusals(0).getOrderableQuantity()).isEqualTo(1);
    assertThat(order("o1", "book", 3, "c1").hasAllocation()).as("the holder itself").isTrue();
  }

  @Test
  void E03_an_expired_hold_of_places_keeps_none() {
    inventory.with(preorder("book", 3));
    hold("c1", "book", 2);
    expire();
    assertThat(room.quote("book", 3).getOrderableQuantity()).isEqualTo(3);
    assertThat(room.order("o1", "book", 3).hasAllocation()).isTrue();
  }

  @Test
  void J03_who_has_it_in_the_cart_hears_before_paying_that_it_is_gone() {
    inventory.with(inStockOnly("tea")).adjust("tea", 20);
    hold("a", "tea", 5);
    assertThat(room.order("b", "tea", 20).getRefusals(0).getOrderableQuantity()).isEqualTo(15);
    expire();
    assertThat(room.order("b", "tea", 20).hasAllocation()).isTrue();
    assertThat(order("a", "tea", 5, "a").getRefusals(0).getOrderableQuantity()).isZero();
  }

  @Test
  void J07_what_others_have_is_not_free_with_holds_on() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    room.order("o1", "tea", 7);
    hold("c1", "tea", 1);
    assertThat(order("o2", "tea", 5, "c1").getRefusals(0).getOrderableQuantity()).isEqualTo(3);
  }

  @Test
  void the_order_of_a_cart_gets_what_it_held_and_the_rest_serves_the_queue() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    hold("c1", "tea", 5);
    room.order("waiting", "tea", 4);
    assertThat(room.fate("waiting")).isEqualTo("0+4");

    AllocateOrderResponse ordered = order("o1", "tea", 3, "c1");

    assertThat(ordered.getAllocation().getLines(0).getReservedQuantity()).isEqualTo(3);
    assertThat(room.fate("waiting")).isEqualTo("2+2");
    assertThat(inventory.balance("tea").getHeldQuantity()).isZero();
    assertThat(codeOfGet("c1")).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void what_an_order_leaves_in_its_cart_goes_to_who_waits_before_the_next_order_of_the_call() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    hold("c1", "tea", 2);
    room.order("waits", "tea", 1);

    inventory.allocations.batchAllocateOrders(
        BatchAllocateOrdersRequest.newBuilder()
            .addOrders(orderOf("of-cart", "tea", 1).setCartId("c1"))
            .addOrders(
                orderOf("important", "tea", 1)
                    .setSalesContext(SalesContext.newBuilder().setPriority(2)))
            .addOrders(orderOf("last", "tea", 1))
            .build());

    assertThat(room.line("of-cart").getReservedQuantity()).isEqualTo(1);
    assertThat(room.line("waits").getReservedQuantity()).isEqualTo(1);
    assertThat(room.line("important").getWaitingQuantity()).isEqualTo(1);
    assertThat(room.line("last").getWaitingQuantity()).isEqualTo(1);
  }

  @Test
  void a_refused_order_leaves_its_cart_what_it_holds() {
    inventory.with(inStockOnly("tea")).with(inStockOnly("jam")).adjust("tea", 5);
    hold("c1", "tea", 5);
    AllocateOrderRequest.Builder order = orderOf("o1", "tea", 5).addLines(line("2", "jam", 1));
    assertThat(room.place(order.setCartId("c1")).hasAllocation()).isFalse();
    assertThat(held("c1")).isEqualTo("tea 5+0");
    assertThat(order("o2", "tea", 5, "c1").hasAllocation()).isTrue();
  }

  @Test
  void an_expired_hold_keeps_nothing_although_no_job_has_run() {
    inventory.with(inStockOnly("tea")).adjust("tea", 5);
    hold("c1", "tea", 5);
    expire();
    assertThat(inventory.balance("tea").getHeldQuantity()).isZero();
    assertThat(room.quote("tea", 5).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    assertThat(codeOfGet("c1")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(5);
    inventory.adjust("tea", -1);
    assertThat(room.order("o1", "tea", 4).hasAllocation()).isTrue();
  }

  @Test
  void units_of_an_expired_hold_go_to_who_waits_and_not_to_who_asks() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    hold("c1", "tea", 3);
    room.order("first", "tea", 2);
    expire();
    room.order("second", "tea", 2);
    assertThat(room.fate("first")).isEqualTo("2+0");
    assertThat(room.fate("second")).isEqualTo("1+1");
  }

  @Test
  void at_its_time_a_hold_ends_by_itself_and_serves_the_queue() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    place(hold("c1").addLines(lineOf("tea", 3)).setTimeToLive(seconds(90)));
    room.order("o1", "tea", 2);
    inventory.time.advance(java.time.Duration.ofSeconds(89));
    assertThat(room.fate("o1")).isEqualTo("0+2");
    inventory.time.advance(java.time.Duration.ofSeconds(1));
    assertThat(room.fate("o1")).isEqualTo("2+0");
    assertThat(Database.counts()).containsEntry("hold", 0L).containsEntry("hold_units", 0L);
  }

  @Test
  void a_time_to_live_that_is_no_duration_is_named_once_with_all_else() {
    Duration overflow =
        Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(1_000_000_001).build();
    Duration mixedSigns = Duration.newBuilder().setSeconds(60).setNanos(-1).build();
    for (Duration bad : List.of(overflow, mixedSigns)) {
      PlaceHoldRequest request = hold("c1").addLines(lineOf("", 3)).setTimeToLive(bad).build();
      assertThat(Refusal.of(() -> inventory.holds.placeHold(request)).fields())
          .containsExactlyInAnyOrder("time_to_live", "lines[0].sku");
    }
  }

  @Test
  void a_hold_that_expires_while_its_order_is_placed_is_as_good_as_none() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    hold("c1", "tea", 3);
    room.order("first", "tea", 2);
    expire();
    assertThat(order("o1", "tea", 3, "c1").hasAllocation()).isTrue();
    assertThat(room.fate("first")).isEqualTo("2+0");
    assertThat(room.fate("o1")).isEqualTo("1+2");
  }

  @Test
  void B27_what_a_cart_holds_cannot_be_taken_for_a_purpose_but_can_be_lost() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    hold("c1", "tea", 6);
    room.order("o1", "tea", 3);
    AdjustStockRequest issue =
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setReason("for the fair")
            .addAdjustments(StockAdjustment.newBuilder().setSku("tea").setQuantity(-2))
            .build();
    assertThat(Refusal.of(() -> inventory.stock.adjustStock(issue)).reason())
        .isEqualTo("NOT_ENOUGH_ON_HAND");

    inventory.discrepancy("tea", -5);

    assertThat(held("c1")).as("carts lose before orders").isEqualTo("tea 2+0");
    assertThat(room.fate("o1")).isEqualTo("3+0");
    inventory.discrepancy("tea", -5);
    assertThat(codeOfGet("c1")).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(room.fate("o1")).isEqualTo("0+3");
  }

  @Test
  void a_cart_takes_what_it_can_have_when_it_says_so() {
    inventory.with(inStockOnly("tea")).with(inStockOnly("jam")).adjust("tea", 5);
    PlaceHoldResponse response =
        place(
            hold("c1")
                .addLines(lineOf("tea", 7))
                .addLines(lineOf("jam", 1))
                .addLines(lineOf("ghost", 1))
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    assertThat(response.getRefusalsList())
        .extracting(r -> r.getLineId() + " " + r.getOrderableQuantity())
        .containsExactly("tea 5", "jam 0", "ghost 0");
    assertThat(held("c1")).isEqualTo("tea 5+0");
  }

  @Test
  void a_released_hold_frees_its_units_once_however_often_it_is_said() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    hold("c1", "tea", 5);
    room.order("o1", "tea", 2);
    ReleaseHoldRequest release =
        ReleaseHoldRequest.newBuilder().setRequestId(request()).setCartId("c1").build();
    assertThat(inventory.holds.releaseHold(release).getReleasedLines(0).getOnHandQuantity())
        .isEqualTo(5);
    assertThat(inventory.holds.releaseHold(release).getReleasedLinesCount()).isEqualTo(1);
    assertThat(
            inventory
                .holds
                .releaseHold(release.toBuilder().setRequestId(request()).build())
                .getReleasedLinesList())
        .isEmpty();
    assertThat(room.fate("o1")).isEqualTo("2+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(3);
  }

  @Test
  void a_repeated_request_gets_the_first_answer_and_holds_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 9);
    PlaceHoldRequest request = hold("c1").addLines(lineOf("tea", 4)).build();
    PlaceHoldResponse first = inventory.holds.placeHold(request);
    List<PlaceHoldResponse> answers = Stampede.run(12, () -> inventory.holds.placeHold(request));
    assertThat(answers).containsOnly(first);
    assertThat(inventory.balance("tea").getHeldQuantity()).isEqualTo(4);
  }

  @Test
  void carts_and_orders_at_once_never_get_a_unit_twice() {
    inventory.with(inStockOnly("tea")).adjust("tea", 60);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger ordered = new AtomicInteger();
    Stampede.run(
        60,
        i ->
            () -> {
              if (i % 3 == 0) {
                if (room.order("o" + i, "tea", 2).hasAllocation()) {
                  ordered.addAndGet(2);
                }
              } else if (hold("c" + i, "tea", 2).getRefusalsCount() == 0) {
                held.addAndGet(2);
              }
              return i;
            });
    assertThat(held.get() + ordered.get()).isEqualTo(60);
    assertThat(inventory.balance("tea").getHeldQuantity()).isEqualTo(held.get());
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(ordered.get());
  }

  @Test
  void one_cart_that_asks_for_different_things_at_once_ends_with_one_of_them() {
    inventory.with(inStockOnly("tea")).with(inStockOnly("jam"));
    inventory.adjust("tea", 50).adjust("jam", 50);
    Stampede.run(20, i -> () -> hold("c1", i % 2 == 0 ? "tea" : "jam", 1 + i));
    long held =
        inventory.balance("tea").getHeldQuantity() + inventory.balance("jam").getHeldQuantity();
    Hold hold = inventory.holds.getHold(get("c1")).getHold();
    assertThat(hold.getLinesList()).hasSize(1);
    assertThat(hold.getLines(0).getOnHandQuantity()).isEqualTo(held);
  }

  @Test
  void holds_are_listed_in_pages_and_by_item() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam"));
    inventory.adjust("tea", 50).adjust("jam", 50);
    for (int i = 0; i < 5; i++) {
      hold("c" + i, i % 2 == 0 ? "tea" : "jam", 1);
    }
    ListHoldsResponse first =
        inventory.holds.listHolds(ListHoldsRequest.newBuilder().setPageSize(3).build());
    ListHoldsResponse rest =
        inventory.holds.listHolds(
            ListHoldsRequest.newBuilder()
                .setPageSize(3)
                .setPageToken(first.getNextPageToken())
                .build());
    assertThat(first.getHoldsList()).extracting(Hold::getCartId).containsExactly("c0", "c1", "c2");
    assertThat(rest.getHoldsList()).extracting(Hold::getCartId).containsExactly("c3", "c4");
    assertThat(rest.getNextPageToken()).isEmpty();
    assertThat(
            inventory
                .holds
                .listHolds(ListHoldsRequest.newBuilder().setSku("jam").build())
                .getHoldsList())
        .extracting(Hold::getCartId)
        .containsExactly("c1", "c3");
  }

  @Test
  void an_item_named_twice_is_refused_by_its_field() {
    inventory.with(backorderItem("tea"));
    PlaceHoldRequest twice =
        hold("c1").addLines(lineOf("tea", 1)).addLines(lineOf("tea", 2)).build();
    assertThat(Refusal.of(() -> inventory.holds.placeHold(twice)).fields())
        .containsExactly("lines[1].sku");
  }

  /** The time of all holds is over, and nothing has noticed. */
  private static void expire() {
    Database.update("update hold set expire_time = '2000-01-01T00:00:00Z'");
    Database.update("update hold_units set expire_time = '2000-01-01T00:00:00Z'");
  }

  private PlaceHoldResponse hold(String cart, String sku, long quantity) {
    return place(hold(cart).addLines(lineOf(sku, quantity)));
  }

  private PlaceHoldResponse place(PlaceHoldRequest.Builder request) {
    return inventory.holds.placeHold(request.build());
  }

  private static PlaceHoldRequest.Builder hold(String cart) {
    return PlaceHoldRequest.newBuilder().setRequestId(request()).setCartId(cart);
  }

  private static HoldLine lineOf(String sku, long quantity) {
    return HoldLine.newBuilder().setSku(sku).setQuantity(quantity).build();
  }

  private AllocateOrderResponse order(String order, String sku, long quantity, String cart) {
    return room.place(orderOf(order, sku, quantity).setCartId(cart));
  }

  private String held(String cart) {
    return inventory.holds.getHold(get(cart)).getHold().getLinesList().stream()
        .map(l -> l.getSku() + " " + l.getOnHandQuantity() + "+" + l.getPlaceQuantity())
        .reduce((a, b) -> a + ", " + b)
        .orElse("");
  }

  private Status.Code codeOfGet(String cart) {
    return Refusal.of(() -> inventory.holds.getHold(get(cart))).code();
  }

  private static GetHoldRequest get(String cart) {
    return GetHoldRequest.newBuilder().setCartId(cart).build();
  }

  private QuotedLine quote(String cart, long quantity) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .setCartId(cart)
                .addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(quantity))
                .build())
        .getLines(0);
  }

  private static String part(AllocationPortion portion) {
    return portion.getQuantity() + " " + portion.getLocation();
  }

  private void put(String location, String sku, long quantity) {
    inventory.stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(location)
            .setReason("test")
            .addAdjustments(StockAdjustment.newBuilder().setSku(sku).setQuantity(quantity))
            .build());
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static Item.Builder inStockOnly(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }

  private Item.Builder preorder(String sku, long cap) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder()
        .setSalesMode(SalesMode.SALES_MODE_PREORDER)
        .setReleaseDate(dev.backorder.inventory.wire.Wire.date(room.day(40)))
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(cap));
    return item;
  }
}
