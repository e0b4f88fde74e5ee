package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.Lateness;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseToldCause;
import dev.backorder.order.v1.ShipComplete;
import dev.backorder.order.v1.ShipConsolidated;
import dev.backorder.order.v1.ShipMinimum;
import dev.backorder.order.v1.ShipRule;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What leaves together, from placing to the warehouse. */
@QuarkusTest
class ShipRuleTest extends WarehouseTest {
  private static final ShipRule COMPLETE =
      ShipRule.newBuilder().setComplete(ShipComplete.getDefaultInstance()).build();

  @Test
  void D01_without_a_rule_what_is_there_leaves_and_the_rest_follows() {
    tenNowTenOn(9);

    Order order = place(order(line(sku, 20)));

    assertThat(told(order, 0)).containsExactly("10 on 1", "10 on 9");
    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 10L));
    assertThat(order.hasShipRule()).isFalse();
    assertThat(order.getLines(0).hasHeld()).isFalse();
  }

  @Test
  void D03_complete_or_in_lots_of_twenty_everything_is_told_the_last_day() {
    for (ShipRule rule : List.of(COMPLETE, minimum(20))) {
      tenNowTenOn(9);

      Order order = place(order(line(sku, 20)).setShipRule(rule));

      assertThat(order.getShipRule()).isEqualTo(rule);
      assertThat(told(order, 0)).containsExactly("10 on 9", "10 on 9");
      assertThat(order.getLines(0).getPortions(0).getPromise().getConstraint())
          .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SHIP_RULE);
      assertThat(order.getLines(0).getHeld().getHoldTime()).isEqualTo(order.getPlaceTime());
      assertThat(promises(order.getOrderId()))
          .allMatch(p -> p.getPromise().getShipByDate().equals(FakeInventory.date(day(9))));
      assertThat(shipmentsOf(order)).isEmpty();

      inventory.fill(order.getOrderId(), sku, 10, day(9));
      time.settle();

      assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 20L));
      assertThat(get(order).getLines(0).hasHeld()).isFalse();
      confirm(onlyShipment(order));
      assertThat(promises(order.getOrderId()))
          .hasSize(2)
          .allMatch(p -> p.getOutcome() == PromiseOutcome.PROMISE_OUTCOME_KEPT);
    }
  }

  @Test
  void D05_what_would_be_more_than_two_days_late_is_short() {
    tenNowTenOn(9);

    Order order =
        place(
            order(late(line(sku, 20), 4, 2))
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));

    OrderLine line = order.getLines(0);
    assertThat(told(order, 0)).containsExactly("10 on 1");
    assertThat(line.getRefusedQuantity()).isEqualTo(10);
    assertThat(line.getLateness().getMaxLateDays()).isEqualTo(2);
    assertThat(order.getRefusals(0).getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_TOO_LATE);
    assertThat(order.getRefusals(0).getOrderableQuantity()).isEqualTo(10);
    assertThat(get(order)).isEqualTo(order);
  }

  @Test
  void no_lateness_refuses_the_order_unless_it_takes_what_can_be_had() {
    tenNowTenOn(9);

    Order order = place(order(late(line(sku, 20), 8, 0)));

    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_REJECTED);
    assertThat(place(order(late(line(sku, 20), 9, 0))).getState())
        .isEqualTo(OrderState.ORDER_STATE_PARTLY_BACKORDERED);
  }

  @Test
  void D07_all_together_on_the_last_day_and_alone_each_on_its_own() {
    List<String> items = List.of(sku + "-a", sku + "-b", sku + "-c");
    inventory.expect(items.get(0), day(14));
    inventory.expect(items.get(1), day(6));
    inventory.expect(items.get(2), day(30));

    Order together =
        place(order(items.stream().map(i -> grouped(line(i, 1))).toArray(PlaceOrderLine[]::new)));
    Order alone = place(order(items.stream().map(i -> line(i, 1)).toArray(PlaceOrderLine[]::new)));

    for (int i = 0; i < 3; i++) {
      assertThat(told(together, i)).containsExactly("1 on 30");
      assertThat(together.getLines(i).getShipGroup()).isEqualTo("all");
    }
    assertThat(told(alone, 0)).containsExactly("1 on 14");
    assertThat(told(alone, 1)).containsExactly("1 on 6");
    assertThat(told(alone, 2)).containsExactly("1 on 30");
  }

  @Test
  void a_slip_of_one_line_is_told_to_its_whole_group_and_to_nobody_else() {
    String late = sku + "-late";
    String other = sku + "-other";
    stock(5);
    inventory.stock(other, 5);
    inventory.expect(late, day(6));
    Order order = place(order(grouped(line(sku, 1)), grouped(line(late, 1)), line(other, 1)));
    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(other, 1L));

    inventory.redate(order.getOrderId(), late, day(12));
    time.settle();

    List<PromiseRecord> told = lastTelling(order);
    assertThat(told).extracting(PromiseRecord::getSku).containsExactlyInAnyOrder(sku, late);
    assertThat(told)
        .allMatch(p -> p.getCause() == PromiseToldCause.PROMISE_TOLD_CAUSE_LATER)
        .allMatch(p -> p.getPromise().getShipByDate().equals(FakeInventory.date(day(12))));
    inventory.tellAgain(inventory.allocation(order.getOrderId()));
    time.settle();
    assertThat(promises(order.getOrderId())).hasSize(5);
  }

  @Test
  void cancelling_the_late_line_frees_its_group_at_once_also_before_inventory_knows() {
    String late = sku + "-late";
    stock(5);
    inventory.expect(late, day(20));
    Order order = place(order(grouped(line(sku, 2)), grouped(line(late, 1))));
    assertThat(shipmentsOf(order)).isEmpty();
    CancelOrderRequest cancel =
        CancelOrderRequest.newBuilder()
            .setRequestId(id())
            .setOrderId(order.getOrderId())
            .addLines(
                OrderLineQuantity.newBuilder()
                    .setLineId(order.getLines(1).getLineId())
                    .setQuantity(1))
            .build();
    inventory.away(true);

    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.cancelOrder(cancel));
    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 2L));
    inventory.away(false);
    orders.cancelOrder(cancel);

    assertThat(onlyShipment(order).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(told(get(order), 0)).containsExactly("2 on 1");
    assertThat(lastTelling(order))
        .extracting(PromiseRecord::getCause)
        .containsExactly(PromiseToldCause.PROMISE_TOLD_CAUSE_EARLIER);
  }

  @Test
  void a_complete_order_of_which_the_rest_is_refused_leaves() {
    inventory.stock(sku, 10);

    Order order =
        place(
            order(line(sku, 20))
                .setShipRule(COMPLETE)
                .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 10L));
  }

  @Test
  void a_complete_order_that_loses_a_unit_is_called_back() {
    stock(3);
    Order order = place(order(line(sku, 3)).setShipRule(COMPLETE));
    Shipment offer = onlyShipment(order);

    inventory.tellAgain(inventory.vanish(order.getOrderId(), sku, 1, day(5)));
    time.settle();

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_WITHDRAWN);
    assertThat(told(get(order), 0)).containsExactly("2 on 5", "1 on 5");
    fill(order, 1);
    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 3L));
  }

  @Test
  void what_is_left_of_a_partly_shipped_line_may_be_less_than_a_lot() {
    stock(12);
    Order order = place(order(line(sku, 15)).setShipRule(minimum(12)));
    confirm(onlyShipment(order));
    assertThat(told(get(order), 0)).containsExactly("3 on 10");

    fill(order, 1);
    assertThat(shipmentsOf(order)).hasSize(1);
    assertThat(get(order).getLines(0).hasHeld()).isTrue();
    fill(order, 2);

    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 3L));
  }

  @Test
  void a_small_lot_does_not_leave_beside_one_that_is_just_being_confirmed() {
    stock(12);
    Order order = place(order(line(sku, 40)).setShipRule(minimum(12)));
    Shipment offer = onlyShipment(order);
    inventory.away(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(offer));
    inventory.away(false);

    inventory.fill(order.getOrderId(), sku, 3, day(1));
    time.settle();
    assertThat(shipmentsOf(order)).hasSize(1);
    time.advance(Duration.ofMinutes(2));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(shipmentsOf(order)).hasSize(1);
  }

  @Test
  void a_ready_parcel_waits_for_what_comes_within_the_window() {
    Order order = windowed(7, 5);

    assertThat(shipmentsOf(order)).isEmpty();
    assertThat(told(order, 0)).containsExactly("1 on 5");
    assertThat(order.getLines(0).getHeld().getHoldUntilTime().getSeconds())
        .isEqualTo(order.getPlaceTime().getSeconds() + Duration.ofDays(7).toSeconds());
    inventory.fill(order.getOrderId(), sku + "-late", 1, day(5));
    time.settle();

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L, sku + "-late", 1L));
  }

  @Test
  void a_parcel_does_not_wait_for_what_comes_after_the_window() {
    Order order = windowed(3, 5);

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L));
    assertThat(told(order, 0)).containsExactly("1 on 1");
  }

  @Test
  void when_the_rest_slips_out_of_the_window_the_parcel_leaves_at_once() {
    Order order = windowed(7, 5);
    time.advance(Duration.ofDays(2));

    inventory.redate(order.getOrderId(), sku + "-late", day(30));
    time.settle();

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L));
    assertThat(told(get(order), 0)).containsExactly("1 on 1");
    inventory.redate(order.getOrderId(), sku + "-late", day(1));
    time.settle();
    assertThat(onlyShipment(order).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
  }

  @Test
  void when_the_window_is_over_the_parcel_leaves_without_the_rest() {
    Order order = windowed(7, 5);

    time.advance(Duration.ofDays(7).minusMinutes(1));
    assertThat(shipmentsOf(order)).isEmpty();
    time.advance(Duration.ofMinutes(2));

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L));
    assertThat(get(order).getLines(0).hasHeld()).isFalse();
    time.advance(Duration.ofDays(31));
    assertThat(shipmentsOf(order)).hasSize(1);
  }

  @Test
  void many_replicas_end_a_window_once() {
    Order order = windowed(7, 5);
    Arc.container()
        .instance(Sql.class)
        .get()
        .update(
            "UPDATE order_line SET hold_until_time = ? WHERE order_id = ? AND hold_time IS NOT NULL",
            time.now(),
            UUID.fromString(order.getOrderId()));
    DueOffers offers = Arc.container().instance(DueOffers.class).get();

    Stampede.run(6, () -> offers.run(time.now()));

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L));
    assertThat(told(order)).hasSize(1);
  }

  @Test
  void contradictions_are_named_and_nothing_is_placed() {
    List<Long> before = allRows();
    PlaceOrderLine wanted =
        line(sku, 1).toBuilder().setWantedDate(FakeInventory.date(day(9))).build();

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> place(order(grouped(line(sku, 1)), late(wanted, 4, 2)).setShipRule(COMPLETE)));
    assertThat(failure.getMessage()).contains("lines[0].ship_group", "lines[1].lateness");
    StatusRuntimeException apart =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> place(order(grouped(wanted), grouped(late(line(sku, 1), 4, 2)))));
    assertThat(apart.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(apart.getMessage()).contains("lines[0].wanted_date");
    assertThat(allRows()).isEqualTo(before);
  }

  /** One unit is there, another comes in so many days. */
  private Order windowed(int windowDays, int comesIn) {
    stock(1);
    inventory.expect(sku + "-late", day(comesIn));
    ShipRule rule =
        ShipRule.newBuilder()
            .setConsolidated(ShipConsolidated.newBuilder().setWindowDays(windowDays))
            .build();
    return place(order(line(sku, 1), line(sku + "-late", 1)).setShipRule(rule));
  }

  private void tenNowTenOn(int days) {
    inventory.stock(sku, 10);
    inventory.expect(sku, day(days));
  }

  private static ShipRule minimum(long units) {
    return ShipRule.newBuilder()
        .setMinimum(ShipMinimum.newBuilder().setMinimumQuantity(units))
        .build();
  }

  private static PlaceOrderLine grouped(PlaceOrderLine line) {
    return line.toBuilder().setShipGroup("all").build();
  }

  private PlaceOrderLine late(PlaceOrderLine line, int dueIn, int mostDays) {
    return line.toBuilder()
        .setLateness(
            Lateness.newBuilder()
                .setDueDate(FakeInventory.date(day(dueIn)))
                .setMaxLateDays(mostDays))
        .build();
  }

  /** Units of a line and in how many days they leave. */
  private List<String> told(Order order, int line) {
    return order.getLines(line).getPortionsList().stream().map(this::said).toList();
  }

  private String said(AllocationPortion portion) {
    LocalDate day = OrderViews.date(portion.getPromise().getShipByDate());
    return "%d on %d".formatted(portion.getQuantity(), day.toEpochDay() - today().toEpochDay());
  }

  private List<PromiseRecord> lastTelling(Order order) {
    return facts(order.getOrderId()).stream()
        .filter(OrderEvent::hasPromiseTold)
        .reduce((first, second) -> second)
        .orElseThrow()
        .getPromiseTold()
        .getPromisesList();
  }
}
