package dev.backorder.inventory.ringfence;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.DeleteRingFenceRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetRingFenceRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ListRingFencesRequest;
import dev.backorder.inventory.v1.ListRingFencesResponse;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.UpdateRingFenceRequest;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Units kept for a channel or a class of customers, on hand and inbound (AL9). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class RingFenceTest extends StockroomTest {
  private static final SalesContext MARKET = SalesContext.newBuilder().setChannel("market").build();
  private static final SalesContext WEB = SalesContext.newBuilder().setChannel("web").build();
  private static final SalesContext TRADE =
      SalesContext.newBuilder().setCustomerClass("trade").build();

  @Test
  void others_cannot_take_what_is_kept_on_hand() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    fence("f", "tea", WEB, 6);
    assertThat(order("m", MARKET, 10)).isEqualTo("4+0");
    assertThat(order("n", SalesContext.getDefaultInstance(), 1)).isEqualTo("none");
    assertThat(order("w", WEB, 10)).isEqualTo("6+0");
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(6);
    assertThat(fenceNow("f").getRemainingQuantity()).isZero();
  }

  @Test
  void others_are_promised_only_what_comes_beyond() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("s1", "tea", 5, room.day(3)).supply("s2", "tea", 5, room.day(10));
    fence("f", "tea", WEB, 8);
    assertThat(order("m", MARKET, 4)).isEqualTo("0+4");
    assertThat(room.portion("m").getPromise().getSupplyId())
        .as("2 and 5 and 1 are kept")
        .isEqualTo("s2");
    assertThat(order("w", WEB, 7)).isEqualTo("2+5");
    assertThat(room.line("w").getPortionsList())
        .extracting(p -> p.getPromise().getSupplyId())
        .containsExactly("", "s1");
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(7);
  }

  @Test
  void of_a_supply_that_is_kept_in_part_others_get_the_rest_and_no_more() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("s1", "tea", 5, room.day(3)).supply("s2", "tea", 5, room.day(10));
    fence("f", "tea", WEB, 8);
    assertThat(order("m", MARKET, 5)).isEqualTo("0+5");
    assertThat(supplies("m")).containsExactlyInAnyOrder("s2 4", " 1");
    assertThat(order("w", WEB, 8)).isEqualTo("2+6");
    assertThat(supplies("w")).containsExactlyInAnyOrder(" 2", "s1 5", "s2 1");
  }

  @Test
  void in_one_batch_what_a_member_was_promised_is_kept_no_longer() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("s1", "tea", 5, room.day(3)).supply("s2", "tea", 5, room.day(10));
    fence("f", "tea", WEB, 8);
    inventory.allocations.batchAllocateOrders(
        BatchAllocateOrdersRequest.newBuilder()
            .addOrders(orderOf("w", "tea", 8).setSalesContext(WEB))
            .addOrders(orderOf("m", "tea", 4).setSalesContext(MARKET))
            .build());
    assertThat(supplies("w")).containsExactlyInAnyOrder(" 2", "s1 5", "s2 1");
    assertThat(supplies("m")).containsExactly("s2 4");
  }

  private List<String> supplies(String order) {
    return room.line(order).getPortionsList().stream()
        .map(p -> p.getPromise().getSupplyId() + " " + p.getQuantity())
        .toList();
  }

  @Test
  void a_member_uses_up_his_ring_fence_before_what_is_free_for_all() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    fence("f", "tea", WEB, 4);
    order("w", WEB, 3);
    assertThat(fenceNow("f").getRemainingQuantity()).isEqualTo(1);
    assertThat(order("m", MARKET, 10)).isEqualTo("6+0");
    assertThat(order("w2", WEB, 10)).isEqualTo("1+0");
  }

  @Test
  void what_a_member_gives_back_is_kept_again_and_what_was_shipped_is_not() {
    inventory.with(inStockOnly("tea")).adjust("tea", 5);
    fence("f", "tea", WEB, 5);
    order("w", WEB, 4);
    room.ship("w", 1);
    room.release("w", 2);
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(2);
    assertThat(order("m", MARKET, 5)).isEqualTo("none");
    room.takeBack("w", 1);
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(2);
    assertThat(order("m2", MARKET, 5)).as("what came back is for all").isEqualTo("1+0");
  }

  @Test
  void what_arrives_serves_told_promises_first_and_then_only_members_of_what_is_kept() {
    inventory.with(backorderItem("tea"));
    room.supply("s1", "tea", 3, room.day(3));
    order("early", MARKET, 3);
    order("late", MARKET, 5);
    order("w", WEB, 4);
    fence("f", "tea", WEB, 6);
    inventory.adjust("tea", 4);
    assertThat(room.fate("early")).isEqualTo("0+3");
    assertThat(room.fate("late")).isEqualTo("0+5");
    assertThat(room.fate("w")).as("4 for those of the web").isEqualTo("4+0");
    room.receive("s1", 3);
    assertThat(room.fate("early")).as("a told promise goes before").isEqualTo("3+0");
    inventory.adjust("tea", 3);
    assertThat(room.fate("late")).as("2 are still kept").isEqualTo("1+4");
    assertThat(inventory.balance("tea").getRingFencedQuantity()).isEqualTo(2);
  }

  @Test
  void new_supply_is_handed_to_the_queue_as_far_as_it_is_not_kept() {
    inventory.with(backorderItem("tea"));
    order("m", MARKET, 5);
    order("w", WEB, 2);
    fence("f", "tea", WEB, 4);
    room.supply("s1", "tea", 6, room.day(2));
    assertThat(room.line("m").getPortionsList())
        .extracting(p -> p.getPromise().getSupplyId() + p.getQuantity())
        .containsExactlyInAnyOrder("s12", "3");
    assertThat(room.portion("w").getPromise().getSupplyId()).isEqualTo("s1");
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(2);
    room.cancelSupply("s1");
    assertThat(fenceNow("f").getConsumedQuantity()).as("nobody has anything").isZero();
  }

  @Test
  void it_ends_by_itself_and_the_queue_gets_what_it_kept() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.supply("s1", "tea", 5, room.day(9));
    create(
        RingFence.newBuilder()
            .setRingFenceId("f")
            .setSku("tea")
            .setChannel("web")
            .setQuantity(10)
            .setEndTime(in(Duration.ofDays(2))));
    assertThat(order("m", MARKET, 7)).isEqualTo("0+7");
    assertThat(room.portion("m").getPromise().getSupplyId()).isEmpty();
    inventory.time.advance(Duration.ofDays(2));
    assertThat(room.fate("m")).isEqualTo("5+2");
    assertThat(room.line("m").getPortions(1).getPromise().getSupplyId()).isEqualTo("s1");
    assertThat(fenceNow("f").getEnded()).isTrue();
    assertThat(fenceNow("f").getRemainingQuantity()).isZero();
    Refusal late = Refusal.of(() -> update(fenceNow("f").toBuilder().setQuantity(3)));
    assertThat(late.reason()).isEqualTo("RING_FENCE_ENDED");
  }

  @Test
  void a_smaller_one_and_none_at_all_serve_the_queue_at_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.supply("s1", "tea", 5, room.day(9));
    fence("f", "tea", WEB, 10);
    order("m", MARKET, 6);
    update(fenceNow("f").toBuilder().setQuantity(7));
    assertThat(room.fate("m")).isEqualTo("0+6");
    assertThat(room.line("m").getPortions(0).getPromise().getSupplyId()).isEmpty();
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(3);
    inventory.ringFences.deleteRingFence(
        DeleteRingFenceRequest.newBuilder().setRequestId(request()).setRingFenceId("f").build());
    assertThat(room.fate("m")).isEqualTo("5+1");
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(1);
    assertThat(inventory.balance("tea").getRingFencedQuantity()).isZero();
  }

  @Test
  void a_larger_one_takes_nothing_from_who_has_it() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.supply("s1", "tea", 5, room.day(9));
    order("m", MARKET, 8);
    fence("f", "tea", WEB, 100);
    assertThat(room.fate("m")).isEqualTo("5+3");
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(3);
    room.release("m", 8);
    assertThat(inventory.balance("tea").getRingFencedQuantity()).isEqualTo(5);
  }

  @Test
  void the_first_made_is_served_first_when_they_keep_more_than_there_is() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    fence("first", "tea", WEB, 7);
    fence("second", "tea", TRADE, 7);
    SalesContext both = WEB.toBuilder().setCustomerClass("trade").build();
    assertThat(order("m", MARKET, 1)).isEqualTo("none");
    assertThat(orderable(TRADE)).isEqualTo(3);
    assertThat(orderable(WEB)).isEqualTo(7);
    assertThat(orderable(both)).isEqualTo(10);
    order("b", both, 8);
    assertThat(fenceNow("first").getConsumedQuantity()).isEqualTo(7);
    assertThat(fenceNow("second").getConsumedQuantity()).isEqualTo(1);
    room.release("b", 2);
    assertThat(fenceNow("second").getConsumedQuantity()).as("the last made first").isZero();
    assertThat(fenceNow("first").getConsumedQuantity()).isEqualTo(6);
  }

  @Test
  void it_is_kept_where_it_is_asked_last_unless_it_names_a_place() {
    inventory.with(inStockOnly("tea")).with(location("york").setPriority(5)).adjust("tea", 5);
    stockYork(5);
    fence("anywhere", "tea", WEB, 4);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(5);
    create(
        RingFence.newBuilder()
            .setRingFenceId("here")
            .setSku("tea")
            .setLocation(LEEDS)
            .setCustomerClass("trade")
            .setQuantity(3));
    assertThat(inventory.balance("tea").getRingFencedQuantity()).isEqualTo(3);
    assertThat(order("m", MARKET, 9)).isEqualTo("3+0");
    assertThat(order("t", TRADE, 9)).isEqualTo("3+0");
    assertThat(order("w", WEB, 9)).isEqualTo("4+0");
  }

  @Test
  void what_a_member_takes_elsewhere_sets_free_what_is_kept_for_the_queue_there() {
    inventory.with(backorderItem("tea")).with(location("york").setPriority(5));
    stockYork(5);
    fence("f", "tea", WEB, 5);
    assertThat(order("m", MARKET, 2)).isEqualTo("0+2");
    inventory.adjust("tea", 5);
    assertThat(room.fate("m")).as("york keeps the five").isEqualTo("2+0");
    order("m2", MARKET, 3);
    assertThat(room.fate("m2")).isEqualTo("3+0");
    order("w", WEB, 5);
    assertThat(fenceNow("f").getRemainingQuantity()).isZero();
  }

  @Test
  void carts_respect_it_and_hold_units_of_it() {
    inventory.with(inStockOnly("tea")).adjust("tea", 6);
    fence("f", "tea", WEB, 4);
    assertThat(hold("mc", MARKET, 6)).isEqualTo(2);
    assertThat(hold("wc", WEB, 3)).isEqualTo(3);
    assertThat(fenceNow("f").getRemainingQuantity()).isEqualTo(1);
    assertThat(fenceNow("f").getConsumedQuantity()).isZero();
    assertThat(order("w", WEB, 6)).isEqualTo("1+0");
    room.place(orderOf("wo", "tea", 2).setSalesContext(WEB).setCartId("wc"));
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(3);
    assertThat(fenceNow("f").getRemainingQuantity()).as("the cart left one").isEqualTo(1);
    inventory.holds.releaseHold(
        ReleaseHoldRequest.newBuilder().setRequestId(request()).setCartId("mc").build());
    assertThat(order("m", MARKET, 6)).isEqualTo("2+0");
  }

  @Test
  void a_quote_says_what_an_allocation_does_for_members_and_others() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    room.supply("s1", "tea", 4, room.day(3)).supply("s2", "tea", 9, room.day(8));
    fence("f", "tea", WEB, 5);
    for (SalesContext buyer : List.of(MARKET, WEB, TRADE, MARKET, WEB)) {
      QuotedLine quoted = quote(buyer, 3);
      AllocateOrderResponse got =
          room.place(orderOf("o" + request(), "tea", 3).setSalesContext(buyer));
      assertThat(fates(quoted.getPortionsList()))
          .isEqualTo(fates(got.getAllocation().getLines(0).getPortionsList()));
    }
  }

  @Test
  void the_inbound_limit_and_what_can_be_promised_by_day_leave_out_what_is_kept() {
    Item.Builder item = backorderItem("tea");
    item.getSalesPolicyBuilder()
        .setBackorderLimit(
            BackorderLimit.newBuilder().setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_INBOUND));
    inventory.with(item).adjust("tea", 2);
    room.supply("s1", "tea", 10, room.day(3));
    fence("f", "tea", WEB, 6);
    assertThat(orderable(MARKET)).isEqualTo(6);
    assertThat(orderable(WEB)).isEqualTo(12);
    List<PromisableDay> days =
        inventory
            .availability
            .getAvailableToPromise(
                GetAvailableToPromiseRequest.newBuilder().setSku("tea").setHorizonDays(5).build())
            .getDaysList();
    assertThat(days)
        .extracting(PromisableDay::getAvailableToPromiseQuantity)
        .containsExactly(0L, 0L, 0L, 6L, 6L);
    assertThat(order("m", MARKET, 20)).isEqualTo("0+6");
  }

  @Test
  void protected_units_stay_protected_from_members_too() {
    inventory.with(inStockOnly("tea").setProtectedQuantity(2)).adjust("tea", 6);
    fence("f", "tea", WEB, 3);
    assertThat(inventory.balance("tea").getProtectedQuantity()).isEqualTo(2);
    assertThat(inventory.balance("tea").getRingFencedQuantity()).isEqualTo(3);
    assertThat(order("m", MARKET, 6)).isEqualTo("1+0");
    assertThat(order("w", WEB, 6)).isEqualTo("3+0");
  }

  @Test
  void lost_reservations_are_kept_again() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    fence("f", "tea", WEB, 4);
    order("w", WEB, 4);
    inventory.discrepancy("tea", -3);
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(1);
    order("m", MARKET, 3);
    inventory.discrepancy("tea", 3);
    assertThat(room.fate("w")).isEqualTo("4+0");
    assertThat(room.fate("m")).isEqualTo("0+3");
  }

  @Test
  void in_a_stampede_nobody_gets_a_unit_twice_and_no_kept_unit_is_stolen() {
    inventory.with(inStockOnly("tea")).adjust("tea", 60);
    fence("f", "tea", WEB, 20);
    fence("g", "tea", TRADE, 20);
    AtomicInteger buyers = new AtomicInteger();
    List<AllocateOrderResponse> answers =
        Stampede.run(
            90,
            () -> {
              int i = buyers.incrementAndGet();
              SalesContext buyer = List.of(MARKET, WEB, TRADE).get(i % 3);
              return room.place(orderOf("o" + i, "tea", 1).setSalesContext(buyer));
            });
    long market = count(answers, MARKET);
    assertThat(market).isLessThanOrEqualTo(20);
    assertThat(count(answers, WEB)).isBetween(20L, 30L);
    assertThat(count(answers, TRADE)).isBetween(20L, 30L);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(60);
    assertThat(fenceNow("f").getConsumedQuantity()).isEqualTo(20);
    assertThat(fenceNow("g").getConsumedQuantity()).isEqualTo(20);
  }

  @Test
  void it_is_made_read_listed_changed_and_refused_by_the_rules() {
    inventory.with(inStockOnly("tea")).with(inStockOnly("jam"));
    RingFence made = fence("a", "tea", WEB, 3);
    fence("b", "tea", TRADE, 3);
    fence("c", "jam", WEB, 3);
    assertThat(ids(list().setSku("tea"))).containsExactly("a", "b");
    assertThat(ids(list().setChannel("web"))).containsExactly("a", "c");
    assertThat(ids(list().setCustomerClass("trade").setLiveOnly(true))).containsExactly("b");
    ListRingFencesResponse page =
        inventory.ringFences.listRingFences(list().setPageSize(2).build());
    assertThat(ids(list().setPageSize(2).setPageToken(page.getNextPageToken())))
        .containsExactly("c");
    update(made.toBuilder().setQuantity(9));
    assertThat(Refusal.of(() -> update(made.toBuilder().setQuantity(8))).reason())
        .isEqualTo("ETAG_MISMATCH");
    Refusal moved =
        Refusal.of(
            () ->
                update(
                    fenceNow("a").toBuilder().setChannel("x").setCustomerClass("y").setSku("jam")));
    assertThat(moved.fields())
        .containsExactlyInAnyOrder(
            "ring_fence.channel", "ring_fence.customer_class", "ring_fence.sku");
    assertThat(Refusal.of(() -> fence("a", "tea", WEB, 1)).reason()).isEqualTo("RING_FENCE_EXISTS");
    assertThat(Refusal.of(() -> fence("n", "none", WEB, 1)).reason()).isEqualTo("ITEM_NOT_FOUND");
    assertThat(Refusal.of(() -> fence("n", "tea", SalesContext.getDefaultInstance(), 1)).fields())
        .containsExactly("ring_fence.channel");
    assertThat(Refusal.of(() -> fenceNow("n")).code()).isEqualTo(Status.Code.NOT_FOUND);
  }

  @Test
  void an_item_has_at_most_fifty() {
    inventory.with(inStockOnly("tea"));
    IntStream.range(0, 50).forEach(i -> fence("f" + i, "tea", WEB, 1));
    Refusal refusal = Refusal.of(() -> fence("more", "tea", WEB, 1));
    assertThat(refusal.reason()).isEqualTo("TOO_MANY_RING_FENCES");
    assertThat(refusal.metadata()).containsEntry("limit", "50");
  }

  private static long count(List<AllocateOrderResponse> answers, SalesContext buyer) {
    return answers.stream()
        .filter(AllocateOrderResponse::hasAllocation)
        .filter(a -> a.getAllocation().getSalesContext().equals(buyer))
        .count();
  }

  private static List<String> fates(List<AllocationPortion> portions) {
    return portions.stream()
        .map(p -> p.getState() + " " + p.getQuantity() + " " + p.getPromise().getShipByDate())
        .toList();
  }

  private void stockYork(long units) {
    inventory.stock.adjustStock(
        dev.backorder.inventory.v1.AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation("york")
            .setReason("test")
            .addAdjustments(
                dev.backorder.inventory.v1.StockAdjustment.newBuilder()
                    .setSku("tea")
                    .setQuantity(units))
            .build());
  }

  /** What an order got: reserved and waiting units, or none. */
  private String order(String id, SalesContext buyer, long units) {
    AllocateOrderResponse response =
        room.place(
            orderOf(id, "tea", units)
                .setSalesContext(buyer)
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    return response.hasAllocation() ? room.fate(id) : "none";
  }

  private long hold(String cart, SalesContext buyer, long units) {
    return inventory
        .holds
        .placeHold(
            PlaceHoldRequest.newBuilder()
                .setRequestId(request())
                .setCartId(cart)
                .setSalesContext(buyer)
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS)
                .addLines(HoldLine.newBuilder().setSku("tea").setQuantity(units))
                .build())
        .getHold()
        .getLines(0)
        .getOnHandQuantity();
  }

  private QuotedLine quote(SalesContext buyer, long units) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .setSalesContext(buyer)
                .addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(units))
                .build())
        .getLines(0);
  }

  private long orderable(SalesContext buyer) {
    return quote(buyer, 1).getOrderableQuantity();
  }

  private RingFence fence(String id, String sku, SalesContext members, long units) {
    return create(
        RingFence.newBuilder()
            .setRingFenceId(id)
            .setSku(sku)
            .setChannel(members.getChannel())
            .setCustomerClass(members.getCustomerClass())
            .setQuantity(units));
  }

  private RingFence create(RingFence.Builder fence) {
    return inventory
        .ringFences
        .createRingFence(
            CreateRingFenceRequest.newBuilder().setRequestId(request()).setRingFence(fence).build())
        .getRingFence();
  }

  private RingFence update(RingFence.Builder fence) {
    return inventory
        .ringFences
        .updateRingFence(
            UpdateRingFenceRequest.newBuilder().setRequestId(request()).setRingFence(fence).build())
        .getRingFence();
  }

  private RingFence fenceNow(String id) {
    return inventory
        .ringFences
        .getRingFence(GetRingFenceRequest.newBuilder().setRingFenceId(id).build())
        .getRingFence();
  }

  private static ListRingFencesRequest.Builder list() {
    return ListRingFencesRequest.newBuilder();
  }

  private List<String> ids(ListRingFencesRequest.Builder request) {
    return inventory.ringFences.listRingFences(request.build()).getRingFencesList().stream()
        .map(RingFence::getRingFenceId)
        .toList();
  }

  private Timestamp in(Duration time) {
    return Timestamp.newBuilder()
        .setSeconds(inventory.time.now().plus(time).getEpochSecond())
        .build();
  }

  private static Item.Builder inStockOnly(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }
}
