package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines are added to what an order holds, and the books stay right. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ExtensionTest extends StockroomTest {

  @Test
  void new_lines_are_decided_as_of_now_and_what_is_held_stays() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    AllocationLine before = room.order("o1", "tea", 3).getAllocation().getLines(0);
    ExtendAllocationResponse extended = extend(more("o1", line("2", "tea", 4)));
    assertThat(extended.getExtended()).isTrue();
    assertThat(extended.getAllocation().getLines(0)).isEqualTo(before);
    assertThat(fate(extended.getAllocation(), 1)).isEqualTo("2+2");
    assertThat(extended.getAllocation().getVersion()).isEqualTo(2);
    assertThat(room.held("o1")).isEqualTo(extended.getAllocation());
  }

  @Test
  void additional_units_do_not_jump_the_queue() {
    inventory.with(backorderItem("tea"));
    room.order("first", "tea", 2);
    room.order("second", "tea", 3);
    extend(more("first", line("2", "tea", 2)));
    assertThat(room.queue("tea"))
        .extracting(e -> e.getOrderId() + "/" + e.getLineId())
        .containsExactly("first/1", "second/1", "first/2");
    inventory.adjust("tea", 5);
    assertThat(fate(room.held("first"), 0)).isEqualTo("2+0");
    assertThat(fate(room.held("first"), 1)).isEqualTo("0+2");
    assertThat(room.fate("second")).isEqualTo("3+0");
  }

  @Test
  void a_shortage_is_an_answer_and_changes_nothing() {
    inventory.with(stockItem("tea")).with(stockItem("jam")).adjust("tea", 5).adjust("jam", 5);
    room.order("o1", "tea", 3);
    Allocation before = room.held("o1");
    ExtendAllocationResponse refused = extend(more("o1", line("2", "jam", 2), line("3", "tea", 3)));
    assertThat(refused.getExtended()).isFalse();
    assertThat(refused.getRefusalsList()).hasSize(1);
    assertThat(refused.getRefusals(0).getLineId()).isEqualTo("3");
    assertThat(refused.getRefusals(0).getOrderableQuantity()).isEqualTo(2);
    assertThat(refused.getAllocation()).isEqualTo(before);
    assertThat(room.held("o1")).isEqualTo(before);
    assertThat(inventory.balance("jam").getAvailableQuantity()).isEqualTo(5);
  }

  @Test
  void what_can_be_had_is_taken_when_the_caller_says_so() {
    inventory.with(stockItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 3);
    ExtendAllocationResponse partly =
        extend(
            more("o1", line("2", "tea", 6))
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    assertThat(partly.getExtended()).isTrue();
    AllocationLine added = partly.getAllocation().getLines(1);
    assertThat(added.getReservedQuantity()).isEqualTo(2);
    assertThat(added.getRefusedQuantity()).isEqualTo(4);
    ExtendAllocationResponse nothing =
        extend(
            more("o1", line("3", "tea", 1))
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    assertThat(nothing.getExtended()).isFalse();
    assertThat(nothing.getAllocation().getLinesCount()).isEqualTo(2);
  }

  @Test
  void a_repeated_extension_extends_once_also_at_the_same_moment() {
    inventory.with(stockItem("tea")).adjust("tea", 50);
    room.order("o1", "tea", 3);
    ExtendAllocationRequest same = more("o1", line("2", "tea", 4)).build();
    List<ExtendAllocationResponse> answers =
        Stampede.run(6, () -> inventory.allocations.extendAllocation(same));
    assertThat(answers).containsOnly(answers.get(0));
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(7);
  }

  @Test
  void extensions_and_newcomers_never_get_the_same_unit() {
    inventory.with(stockItem("tea")).adjust("tea", 10);
    room.order("o1", "tea", 4);
    Stampede.run(
        8,
        () -> {
          String id = request();
          extend(more("o1", line(id, "tea", 1)));
          return room.order(id, "tea", 1);
        });
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(10);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isZero();
  }

  @Test
  void added_units_can_be_released_and_shipped_like_any() {
    inventory.with(stockItem("tea")).adjust("tea", 10);
    room.order("o1", "tea", 4);
    extend(more("o1", line("2", "tea", 4)));
    room.ship("o1", 4);
    Allocation left = room.cancel("o1");
    assertThat(left.getLines(1).getReleasedQuantity()).isEqualTo(4);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(6);
  }

  @Test
  void what_does_not_fit_is_refused_with_its_reason() {
    inventory.with(stockItem("tea")).adjust("tea", 10);
    room.order("o1", "tea", 4);
    assertThat(Refusal.of(() -> extend(more("nobody", line("2", "tea", 1)))).reason())
        .isEqualTo("ALLOCATION_NOT_FOUND");
    assertThat(Refusal.of(() -> extend(more("o1", line("1", "tea", 1)))).reason())
        .isEqualTo("LINE_EXISTS");
    ExtendAllocationRequest.Builder many = more("o1");
    for (int i = 2; i <= 2_001; i++) {
      many.addLines(line("l" + i, "tea", 1));
    }
    Refusal tooMany = Refusal.of(() -> extend(many));
    assertThat(tooMany.reason()).isEqualTo("TOO_MANY_LINES");
    assertThat(
            Refusal.of(() -> extend(more("o1", line("2", "tea", 1), line("2", "tea", 1)))).fields())
        .containsExactly("lines[1].line_id");
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(4);
  }

  private static Item.Builder stockItem(String sku) {
    return Item.newBuilder()
        .setSku(sku)
        .setDescription("A thing called " + sku)
        .setSalesPolicy(SalesPolicy.newBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY));
  }

  private ExtendAllocationResponse extend(ExtendAllocationRequest.Builder request) {
    return inventory.allocations.extendAllocation(request.build());
  }

  private static ExtendAllocationRequest.Builder more(String orderId, AllocateOrderLine... lines) {
    return ExtendAllocationRequest.newBuilder()
        .setRequestId(request())
        .setOrderId(orderId)
        .addAllLines(List.of(lines));
  }

  private static String fate(Allocation held, int line) {
    AllocationLine there = held.getLines(line);
    return there.getReservedQuantity() + "+" + there.getWaitingQuantity();
  }
}
