package dev.backorder.inventory.queue;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocationComparison;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.inventory.v1.QueueStanding;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where orders stand, and who is preferred. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ExplanationTest extends StockroomTest {
  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea"));
  }

  @Test
  void the_place_in_the_queue_counts_lines_and_units_ahead() {
    room.supply("s1", "tea", 2, room.day(3));
    room.order("o1", "tea", 2);
    room.order("o2", "tea", 3);
    room.order("vip", "tea", 4, 10);
    QueueStanding last = standing("o2");
    assertThat(last.getLocation()).isEqualTo(LEEDS);
    assertThat(last.getWaitingQuantity()).isEqualTo(3);
    assertThat(last.getPlace()).isEqualTo(3);
    assertThat(last.getAheadQuantity()).isEqualTo(6);
    assertThat(last.getSupplyPlace()).isZero();
    QueueStanding pegged = standing("o1");
    assertThat(pegged.getPlace()).isEqualTo(2);
    assertThat(pegged.getAheadQuantity()).isEqualTo(4);
    assertThat(pegged.getSupplyId()).isEqualTo("s1");
    assertThat(pegged.getSupplyPlace()).isEqualTo(1);
    assertThat(pegged.getSupplyAheadQuantity()).isZero();
    assertThat(standing("vip").getPlace()).isEqualTo(1);
  }

  @Test
  void among_those_promised_the_same_supply_the_place_is_told_too() {
    room.supply("s1", "tea", 5, room.day(3));
    room.order("o1", "tea", 2);
    room.order("o2", "tea", 3);
    assertThat(standing("o2").getSupplyPlace()).isEqualTo(2);
    assertThat(standing("o2").getSupplyAheadQuantity()).isEqualTo(2);
    assertThat(compared("o1", "o2"))
        .containsExactly("s1:o1:PREFERENCE_RULE_SEQUENCE", ":o1:PREFERENCE_RULE_SEQUENCE");
  }

  @Test
  void places_are_those_of_the_queue_and_a_cancelled_order_gives_its_place_up() {
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    room.order("o3", "tea", 1);
    room.queue("tea")
        .forEach(
            entry ->
                assertThat(standing(entry.getOrderId()).getPlace()).isEqualTo(entry.getPlace()));
    room.cancel("o1");
    assertThat(standing("o3").getPlace()).isEqualTo(2);
    assertThat(explain("o1", "").getLines(0).getStandingsList()).isEmpty();
    assertThat(compared("o1", "o3")).containsExactly(":o3:PREFERENCE_RULE_HOLDS_NOTHING");
  }

  @Test
  void a_higher_priority_is_preferred_but_not_for_units_promised_to_another() {
    room.supply("s1", "tea", 1, room.day(3));
    room.order("o1", "tea", 1);
    room.order("vip", "tea", 1, 10);
    List<String> expected =
        List.of("s1:o1:PREFERENCE_RULE_PEGGED", ":vip:PREFERENCE_RULE_PRIORITY");
    assertThat(compared("o1", "vip")).isEqualTo(expected);
    assertThat(compared("vip", "o1")).isEqualTo(expected);
    // And so it comes.
    room.receive("s1", 1);
    assertThat(room.fate("o1") + " " + room.fate("vip")).isEqualTo("1+0 0+1");
    assertThat(compared("vip", "o1")).containsExactly(":o1:PREFERENCE_RULE_RESERVED");
    assertThat(explain("vip", "o1").getComparisons(0).getSentence())
        .isEqualTo("Units on the shelf belong to order o1; order vip waits and cannot take them.");
  }

  @Test
  void unknown_orders_and_lines_are_not_found_and_an_order_is_not_compared_with_itself() {
    room.order("o1", "tea", 1);
    assertThat(Refusal.of(() -> explain("none", "")).reason()).isEqualTo("ALLOCATION_NOT_FOUND");
    assertThat(Refusal.of(() -> explain("o1", "none")).reason()).isEqualTo("ALLOCATION_NOT_FOUND");
    ExplainAllocationRequest line =
        ExplainAllocationRequest.newBuilder().setOrderId("o1").setLineId("none").build();
    Refusal refusal = Refusal.of(() -> inventory.explanations.explainAllocation(line));
    assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.reason()).isEqualTo("LINE_NOT_FOUND");
    assertThat(Refusal.of(() -> explain("o1", "o1")).fields()).containsExactly("other_order_id");
  }

  private QueueStanding standing(String orderId) {
    ExplainAllocationResponse response = explain(orderId, "");
    assertThat(response.getLines(0).getStandingsList()).hasSize(1);
    return response.getLines(0).getStandings(0);
  }

  private List<String> compared(String orderId, String other) {
    return explain(orderId, other).getComparisonsList().stream()
        .map(ExplanationTest::told)
        .toList();
  }

  private static String told(AllocationComparison comparison) {
    return comparison.getSupplyId()
        + ":"
        + comparison.getPreferredOrderId()
        + ":"
        + comparison.getRule();
  }

  private ExplainAllocationResponse explain(String orderId, String other) {
    return inventory.explanations.explainAllocation(
        ExplainAllocationRequest.newBuilder().setOrderId(orderId).setOtherOrderId(other).build());
  }
}
