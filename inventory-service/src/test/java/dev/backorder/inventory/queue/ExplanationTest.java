package dev.backorder.inventory.queue;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocationComparison;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.inventory.v1.ExplainedLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.PreferenceRule;
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
  void every_decision_is_told_with_its_cause_and_what_it_changed() {
    inventory.adjust("tea", 3);
    room.order("o1", "tea", 5);
    room.supply("s1", "tea", 4, room.day(6));
    room.redate("s1", room.day(9));
    room.receive("s1", 4);
    room.ship("o1", 4);
    room.release("o1", 1);
    ExplainedLine line = explain("o1", "").getLines(0);
    assertThat(line.getDecisionsList())
        .extracting(d -> d.getCause().name().replace("ALLOCATION_CHANGE_CAUSE_", ""))
        .containsExactly(
            "ALLOCATED", "SUPPLY_CHANGED", "SUPPLY_CHANGED", "FILLED", "SHIPPED", "RELEASED");
    assertThat(line.getDecisions(0).hasBefore()).isFalse();
    assertThat(line.getDecisions(0).getSentence())
        .contains("3 reserved at leeds")
        .contains("2 waiting at leeds, from a purchase that is not made yet");
    assertThat(line.getDecisions(3).getSentence())
        .contains("Units reserved: 5, before 3.")
        .contains("Units waiting: 0, before 2.");
    assertThat(line.getDecisions(2).getBefore().getPortions(1).getPromise().getShipByDate())
        .isNotEqualTo(line.getDecisions(2).getAfter().getPortions(1).getPromise().getShipByDate());
    assertThat(line.getDecisionsList())
        .extracting(d -> d.getAllocationVersion())
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(line.getDecisions(5).getAfter()).isEqualTo(line.getLine());
    assertThat(explain("o1", "").getDecisionsComplete()).isTrue();
  }

  @Test
  void who_lost_units_that_were_missing_is_told_and_only_lines_that_changed_have_a_decision() {
    inventory.with(backorderItem("jam")).adjust("tea", 5).adjust("jam", 5);
    room.order("early", "tea", 3);
    room.place(orderOf("late", "jam", 1).addLines(line("2", "tea", 2)));
    inventory.discrepancy("tea", -2);
    ExplainAllocationResponse late = explain("late", "early");
    assertThat(late.getLines(0).getDecisionsList()).hasSize(1);
    assertThat(late.getLines(1).getDecisionsList()).hasSize(2);
    assertThat(late.getLines(1).getDecisions(1).getSentence())
        .startsWith("Units turned out to be missing, and this line ranked lowest");
    assertThat(late.getOtherLinesList()).hasSize(1);
    assertThat(late.getOtherLines(0).getDecisionsList()).hasSize(1);
    assertThat(late.getComparisons(0).getRule()).isEqualTo(PreferenceRule.PREFERENCE_RULE_RESERVED);
  }

  @Test
  void a_repeated_call_is_one_decision_and_what_is_not_kept_any_more_is_said() {
    inventory.adjust("tea", 3);
    String id = "kept-" + request();
    AllocateOrderRequest order = orderOf(id, "tea", 2).build();
    inventory.allocations.allocateOrder(order);
    inventory.allocations.allocateOrder(order);
    assertThat(explain(id, "").getLines(0).getDecisionsList()).hasSize(1);
    room.release(id, 1);
    assertThat(explain(id, "").getLines(0).getDecisionsList()).hasSize(2);
    Database.update("delete from event where key = '" + id + "' and key_version = 1");
    ExplainAllocationResponse pruned = explain(id, "");
    assertThat(pruned.getDecisionsComplete()).isFalse();
    assertThat(pruned.getLines(0).getDecisionsList()).hasSize(1);
    assertThat(pruned.getLines(0).getDecisions(0).hasBefore()).isFalse();
  }

  @Test
  void of_a_kit_the_places_of_its_components_are_told() {
    Item.Builder kit =
        backorderItem("set").addComponents(KitComponent.newBuilder().setSku("tea").setQuantity(2));
    kit.getSalesPolicyBuilder().setLeadTimeDays(0);
    inventory.with(kit);
    room.order("o1", "tea", 1);
    room.order("o2", "set", 1);
    ExplainedLine line = explain("o2", "o1").getLines(0);
    assertThat(line.getLine().getSku()).isEqualTo("set");
    assertThat(line.getStandings(0).getPlace()).isEqualTo(2);
    assertThat(compared("o2", "o1")).containsExactly(":o1:PREFERENCE_RULE_SEQUENCE");
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
