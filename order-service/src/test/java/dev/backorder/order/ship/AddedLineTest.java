package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.v1.AddedOrderLine;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ChangeOrderResponse;
import dev.backorder.order.v1.Lateness;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.ShipComplete;
import dev.backorder.order.v1.ShipRule;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A line that is added to an order leaves as it says, and as the order's rule says. */
@QuarkusTest
class AddedLineTest extends WarehouseTest {
  private static final String GROUP = "set";

  @Test
  void a_line_that_joins_a_group_waits_for_it_and_is_told_the_day_of_the_group() {
    inventory.expect(sku, day(9));
    inventory.stock(sku + "-L", 2);
    Order placed = place(order(line(sku, 1).toBuilder().setShipGroup(GROUP).build()));

    Order order = orders.changeOrder(add(placed, item("-L").setShipGroup(GROUP))).getOrder();

    OrderLine added = order.getLines(1);
    assertThat(added.getShipGroup()).isEqualTo(GROUP);
    assertThat(added.getReservedQuantity()).isEqualTo(2);
    assertThat(added.hasHeld()).isTrue();
    assertThat(shipBy(added)).containsExactly(day(9));
    assertThat(shipmentsOf(order)).isEmpty();

    inventory.fill(order.getOrderId(), sku, 1, day(1));
    time.settle();

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 1L, sku + "-L", 2L));
  }

  @Test
  void more_units_of_a_line_keep_its_terms() {
    inventory.stock(sku, 1);
    Order placed =
        place(
            order(
                line(sku, 1).toBuilder().setShipGroup(GROUP).setLateness(lateness(4, 2)).build()));
    inventory.expect(sku, day(9));
    OrderLineQuantity three =
        OrderLineQuantity.newBuilder()
            .setLineId(placed.getLines(0).getLineId())
            .setQuantity(3)
            .build();

    ChangeOrderResponse late = orders.changeOrder(change(placed).addMoreUnits(three).build());

    assertThat(late.getChanged()).isFalse();
    assertThat(late.getRefusals(0).getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_TOO_LATE);

    inventory.stock(sku, 3);
    OrderLine added =
        orders.changeOrder(change(placed).addMoreUnits(three).build()).getOrder().getLines(1);

    assertThat(added.getShipGroup()).isEqualTo(GROUP);
    assertThat(added.getLateness()).isEqualTo(lateness(4, 2));
  }

  @Test
  void a_line_that_joins_may_be_as_late_as_the_strictest_of_its_group() {
    inventory.stock(sku, 1);
    inventory.expect(sku + "-L", day(9));
    Order placed =
        place(
            order(
                line(sku, 1).toBuilder().setShipGroup(GROUP).setLateness(lateness(4, 0)).build()));

    ChangeOrderResponse refused = orders.changeOrder(add(placed, item("-L").setShipGroup(GROUP)));

    assertThat(refused.getChanged()).isFalse();
    assertThat(refused.getRefusals(0).getReason()).isEqualTo(RefusalReason.REFUSAL_REASON_TOO_LATE);
    assertThat(orders.changeOrder(add(placed, item("-L"))).getChanged()).isTrue();
  }

  @Test
  void a_retry_asks_the_same_although_a_stricter_line_has_joined_since() {
    stock(1);
    stock(sku + "-L", 5);
    Order placed = place(order(line(sku, 1).toBuilder().setShipGroup(GROUP).build()));
    ChangeOrderRequest first = add(placed, item("-L").setShipGroup(GROUP));
    inventory.deaf(true);
    StatusRuntimeException lost =
        catchThrowableOfType(StatusRuntimeException.class, () -> orders.changeOrder(first));
    assertThat(lost.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    inventory.deaf(false);
    orders.changeOrder(add(placed, item("-L").setShipGroup(GROUP).setLateness(lateness(4, 0))));

    ChangeOrderResponse repeated = orders.changeOrder(first);

    assertThat(repeated.getChanged()).isTrue();
    assertThat(repeated.getOrder().getLinesList())
        .extracting(OrderLine::getOrderedQuantity)
        .containsExactlyInAnyOrder(1L, 2L, 2L);
  }

  @Test
  void every_bad_term_is_named_and_nothing_changes() {
    stock(1);
    Order placed =
        place(
            order(line(sku, 1))
                .setShipRule(ShipRule.newBuilder().setComplete(ShipComplete.getDefaultInstance())));
    List<Long> before = allRows();
    AddedOrderLine.Builder bad =
        item("-L")
            .setShipGroup(GROUP)
            .setWantedDate(FakeInventory.date(LocalDate.of(2200, 1, 1)))
            .setLateness(lateness(4, 0));

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> orders.changeOrder(add(placed, bad)));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(failure.getMessage())
        .contains("new_lines[0].ship_group", "new_lines[0].wanted_date", "new_lines[0].lateness");
    assertThat(allRows()).isEqualTo(before);
  }

  private static ChangeOrderRequest.Builder change(Order order) {
    return ChangeOrderRequest.newBuilder().setRequestId(id()).setOrderId(order.getOrderId());
  }

  private static ChangeOrderRequest add(Order order, AddedOrderLine.Builder line) {
    return change(order).addNewLines(line).build();
  }

  /** Two units of another item. */
  private AddedOrderLine.Builder item(String suffix) {
    return AddedOrderLine.newBuilder()
        .setSku(sku + suffix)
        .setQuantity(2)
        .setPrice(line(sku, 1).getPrice());
  }

  private Lateness lateness(int dueIn, int mostDays) {
    return Lateness.newBuilder()
        .setDueDate(FakeInventory.date(day(dueIn)))
        .setMaxLateDays(mostDays)
        .build();
  }

  private static List<LocalDate> shipBy(OrderLine line) {
    return line.getPortionsList().stream()
        .map(portion -> OrderViews.date(portion.getPromise().getShipByDate()))
        .toList();
  }
}
