package dev.backorder.order.inventoryfeed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseTold;
import dev.backorder.order.v1.PromiseToldCause;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InventoryFeedTest extends OrderServiceTest {
  @Test
  void a_fill_on_the_promised_day_is_news_but_no_new_promise() {
    inventory.expect(sku, day(4));
    Order placed = place(5);
    inventory.fill(placed.getOrderId(), sku, 5, day(4));
    time.settle();

    Order order = get(placed.getOrderId());
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(order.getVersion()).isGreaterThan(placed.getVersion());
    assertThat(promises(placed.getOrderId())).hasSize(1);
    OrderEvent filled =
        facts(placed.getOrderId()).stream()
            .filter(OrderEvent::hasOrderChanged)
            .findFirst()
            .orElseThrow();
    assertThat(filled.getOrderChanged().getCause())
        .isEqualTo(OrderChangeCause.ORDER_CHANGE_CAUSE_FILLED);
    assertThat(filled.getOrderChanged().getChanges(0).getQuantity()).isEqualTo(5);
    assertThat(filled.getOrderChanged().getOrder().getState())
        .isEqualTo(OrderState.ORDER_STATE_RESERVED);
  }

  @Test
  void a_part_filled_early_is_told_its_better_day_and_the_rest_keeps_its_own() {
    inventory.expect(sku, day(9));
    Order placed = place(5);
    inventory.fill(placed.getOrderId(), sku, 2, day(1));
    time.settle();

    assertThat(get(placed.getOrderId()).getState())
        .isEqualTo(OrderState.ORDER_STATE_PARTLY_BACKORDERED);
    List<PromiseRecord> ledger = promises(placed.getOrderId());
    assertThat(ledger).hasSize(2);
    assertThat(ledger.get(1).getCause()).isEqualTo(PromiseToldCause.PROMISE_TOLD_CAUSE_EARLIER);
    assertThat(ledger.get(1).getQuantity()).isEqualTo(2);
    assertThat(ledger.get(1).getTelling()).isEqualTo(2);
    PromiseTold told =
        facts(placed.getOrderId()).stream()
            .filter(OrderEvent::hasPromiseTold)
            .findFirst()
            .orElseThrow()
            .getPromiseTold();
    assertThat(told.getPromises(0).getPromiseId()).isEqualTo(ledger.get(1).getPromiseId());
    assertThat(told.getPreviousPromises(0).getPromiseId()).isEqualTo(ledger.get(0).getPromiseId());
  }

  @Test
  void a_later_day_is_told_once() {
    inventory.expect(sku, day(4));
    Order placed = place(5);
    Allocation moved = inventory.redate(placed.getOrderId(), sku, day(8));
    time.settle();
    inventory.tellAgain(moved);
    time.settle();

    assertThat(promises(placed.getOrderId()))
        .extracting(PromiseRecord::getCause)
        .containsExactly(
            PromiseToldCause.PROMISE_TOLD_CAUSE_PLACED, PromiseToldCause.PROMISE_TOLD_CAUSE_LATER);
    assertThat(facts(placed.getOrderId()).stream().filter(OrderEvent::hasPromiseTold)).hasSize(1);
  }

  @Test
  void dates_that_move_twice_before_they_are_read_are_one_telling_with_the_last_one() {
    inventory.expect(sku, day(4));
    Order placed = place(5);
    inventory.redate(placed.getOrderId(), sku, day(8));
    inventory.redate(placed.getOrderId(), sku, day(6));
    time.settle();

    List<PromiseRecord> ledger = promises(placed.getOrderId());
    assertThat(ledger)
        .extracting(PromiseRecord::getCause)
        .containsExactly(
            PromiseToldCause.PROMISE_TOLD_CAUSE_PLACED,
            PromiseToldCause.PROMISE_TOLD_CAUSE_LATER,
            PromiseToldCause.PROMISE_TOLD_CAUSE_EARLIER);
    assertThat(ledger).extracting(PromiseRecord::getTelling).containsExactly(1, 2, 2);
    List<PromiseTold> told =
        facts(placed.getOrderId()).stream()
            .filter(OrderEvent::hasPromiseTold)
            .map(OrderEvent::getPromiseTold)
            .toList();
    assertThat(told).hasSize(1);
    assertThat(told.get(0).getPromisesList())
        .extracting(PromiseRecord::getPromiseId)
        .containsExactly(ledger.get(2).getPromiseId());
    assertThat(told.get(0).getPreviousPromisesList())
        .extracting(PromiseRecord::getPromiseId)
        .containsExactly(ledger.get(0).getPromiseId());
  }

  @Test
  void older_news_change_nothing() {
    inventory.expect(sku, day(4));
    Order placed = place(5);
    Allocation first = inventory.allocation(placed.getOrderId());
    inventory.fill(placed.getOrderId(), sku, 5, day(4));
    time.settle();
    Order filled = get(placed.getOrderId());
    inventory.tellAgain(first);
    time.settle();
    assertThat(get(placed.getOrderId())).isEqualTo(filled);
  }

  @Test
  void an_allocation_of_somebody_else_is_passed_over() {
    inventory.tellAgain(Allocation.newBuilder().setOrderId("theirs").setVersion(7).build());
    inventory.tellAgain(Allocation.newBuilder().setOrderId(id()).setVersion(7).build());
    List<Long> before = allRows();
    time.settle();
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void a_promise_is_broken_when_its_day_is_over_and_a_later_one_is_judged_by_its_own_day() {
    inventory.expect(sku, day(3));
    Order placed = place(5);
    inventory.redate(placed.getOrderId(), sku, day(6));
    time.settle();
    time.advanceTo(FakeInventory.at(day(4)));
    assertThat(outcomes(placed))
        .containsExactly(
            PromiseOutcome.PROMISE_OUTCOME_BROKEN, PromiseOutcome.PROMISE_OUTCOME_OPEN);
    time.advance(Duration.ofDays(3));
    assertThat(outcomes(placed))
        .containsExactly(
            PromiseOutcome.PROMISE_OUTCOME_BROKEN, PromiseOutcome.PROMISE_OUTCOME_BROKEN);
    assertThat(promises(placed.getOrderId()).get(0).getOutcomeTime())
        .isNotEqualTo(promises(placed.getOrderId()).get(1).getOutcomeTime());
  }

  @Test
  void a_promise_stands_through_its_whole_day() {
    inventory.expect(sku, day(3));
    Order placed = place(5);
    time.advanceTo(FakeInventory.at(day(4)).minusSeconds(1));
    assertThat(outcomes(placed)).containsExactly(PromiseOutcome.PROMISE_OUTCOME_OPEN);
  }

  private List<PromiseOutcome> outcomes(Order order) {
    return promises(order.getOrderId()).stream().map(PromiseRecord::getOutcome).toList();
  }
}
