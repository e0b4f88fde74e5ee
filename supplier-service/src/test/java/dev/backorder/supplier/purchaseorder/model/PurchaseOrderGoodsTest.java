package dev.backorder.supplier.purchaseorder.model;

import static dev.backorder.supplier.purchaseorder.model.Orders.ANY;
import static dev.backorder.supplier.purchaseorder.model.Orders.EXACT;
import static dev.backorder.supplier.purchaseorder.model.Orders.LATER;
import static dev.backorder.supplier.purchaseorder.model.Orders.accepted;
import static dev.backorder.supplier.purchaseorder.model.Orders.after;
import static dev.backorder.supplier.purchaseorder.model.Orders.answer;
import static dev.backorder.supplier.purchaseorder.model.Orders.cancelled;
import static dev.backorder.supplier.purchaseorder.model.Orders.closed;
import static dev.backorder.supplier.purchaseorder.model.Orders.draft;
import static dev.backorder.supplier.purchaseorder.model.Orders.first;
import static dev.backorder.supplier.purchaseorder.model.Orders.lineAfter;
import static dev.backorder.supplier.purchaseorder.model.Orders.no;
import static dev.backorder.supplier.purchaseorder.model.Orders.open;
import static dev.backorder.supplier.purchaseorder.model.Orders.partly;
import static dev.backorder.supplier.purchaseorder.model.Orders.received;
import static dev.backorder.supplier.purchaseorder.model.Orders.rejected;
import static dev.backorder.supplier.purchaseorder.model.Orders.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.platform.testing.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** docs/purchase-order-states.md, cell by cell: goods and the end. */
class PurchaseOrderGoodsTest {
  // ---- goods

  @Test
  void a_line_is_complete_within_the_tolerance_below_and_not_a_unit_before() {
    Tolerance five = new Tolerance(0, 5);
    assertThat(five.isComplete(100, 95)).isTrue();
    assertThat(five.isComplete(100, 94)).isFalse();
    assertThat(five.isComplete(10, 9)).as("half a unit is no unit").isFalse();
    assertThat(new Tolerance(0, 100).isComplete(10, 0)).as("nothing came").isFalse();
  }

  @Test
  void the_tolerance_above_is_rounded_down() {
    assertThat(new Tolerance(10, 0).overQuantity(100)).isEqualTo(10);
    assertThat(new Tolerance(10, 0).overQuantity(9)).isZero();
  }

  @Test
  void goods_before_any_answer_are_an_answer() {
    PurchaseOrder order = after(sent(open(10)), o -> o.receive(Map.of(first(o).id(), 4L)));
    assertThat(first(order).state()).isEqualTo(LineState.ACCEPTED);
    assertThat(first(order).accepted()).isEqualTo(10);
    assertThat(order.state()).isEqualTo(OrderState.PARTLY_RECEIVED);
  }

  @Test
  void an_old_or_repeated_total_changes_nothing() {
    PurchaseOrder order = sent(partly(10, 4));
    assertThat(order.receive(Map.of(first(order).id(), 4L))).isInstanceOf(Decision.Unchanged.class);
    assertThat(order.receive(Map.of(first(order).id(), 3L))).isInstanceOf(Decision.Unchanged.class);
  }

  @Test
  void goods_that_crossed_our_farewell_on_the_way_are_still_counted() {
    assertThat(lineAfter(rejected(), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(cancelled(), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(closed(10, 1), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(rejected(), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(cancelled(), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(closed(10, 1), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(received(10), 11).state()).isEqualTo(LineState.RECEIVED);
  }

  @Test
  void goods_for_a_draft_leave_the_rest_a_draft() {
    PurchaseOrder order =
        after(draft(open(10), open(5)), o -> o.receive(Map.of(first(o).id(), 10L)));
    assertThat(order.state()).isEqualTo(OrderState.DRAFT);
    assertThat(after(order, o -> o.send(EXACT, days -> LATER)).state())
        .isEqualTo(OrderState.PARTLY_RECEIVED);
  }

  // ---- the end

  @Test
  void closing_ends_what_is_alive_and_leaves_the_rest() {
    PurchaseOrder order = after(sent(partly(10, 4), received(5), rejected()), PurchaseOrder::close);
    assertThat(order.lines())
        .extracting(OrderLine::state)
        .containsExactly(LineState.CLOSED, LineState.RECEIVED, LineState.REJECTED);
    assertThat(order.state()).isEqualTo(OrderState.CLOSED);
  }

  @Test
  void cancelling_withdraws_what_is_alive() {
    PurchaseOrder order = after(sent(accepted(10), open(5), rejected()), PurchaseOrder::cancel);
    assertThat(order.lines())
        .extracting(OrderLine::state)
        .containsExactly(LineState.CANCELLED, LineState.CANCELLED, LineState.REJECTED);
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void cancelling_a_draft_of_which_some_came_closes_that_line() {
    PurchaseOrder order = after(draft(open(10)), o -> o.receive(Map.of(first(o).id(), 4L)));
    assertThat(after(order, PurchaseOrder::cancel).state()).isEqualTo(OrderState.CLOSED);
  }

  @Test
  void whatever_happens_the_numbers_of_a_line_make_sense() {
    SeededRandom.rounds(
        300,
        random -> {
          PurchaseOrder order = draft(open(1 + random.nextInt(20)), open(1 + random.nextInt(20)));
          for (int step = 0; step < 20; step++) {
            if (randomVerb(order, random) instanceof Decision.Changed changed) {
              order = changed.order();
            }
            order.lines().forEach(PurchaseOrderGoodsTest::assertSensible);
          }
        });
  }

  private static Decision randomVerb(PurchaseOrder order, RandomGenerator random) {
    OrderLine line = order.lines().get(random.nextInt(order.lines().size()));
    return switch (random.nextInt(6)) {
      case 0 -> order.send(new Tolerance(random.nextInt(30), random.nextInt(30)), days -> LATER);
      case 1 -> order.acknowledge(List.of(answer(line, 1 + random.nextInt(20), LATER)));
      case 2 -> order.acknowledge(List.of(no(line)));
      case 3 -> order.receive(Map.of(line.id(), (long) (1 + random.nextInt(25))));
      case 4 ->
          random.nextInt(4) == 0
              ? order.close()
              : order.redate(List.of(new LineDate(line.id(), LATER)));
      default -> random.nextInt(4) == 0 ? order.cancel() : order.add("hat", 1, ANY, () -> open(1));
    };
  }

  private static void assertSensible(OrderLine line) {
    assertThat(line.accepted()).isBetween(0L, line.ordered());
    switch (line.state()) {
      case OPEN -> assertThat(line.received() + line.accepted()).isZero();
      case ACCEPTED -> assertThat(line.received()).isLessThan(line.accepted());
      case REJECTED -> assertThat(line.received() + line.accepted()).isZero();
      case CANCELLED -> assertThat(line.received()).isZero();
      case RECEIVED -> assertThat(line.received()).isPositive();
      case CLOSED -> assertThat(line.received()).isLessThan(line.expected());
    }
  }
}
