package dev.backorder.order.amend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.ChangeDestinationRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderEvent;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An order goes to another address of the same country while something of it is open. */
@QuarkusTest
class RedirectionTest extends OrderServiceTest {

  @Test
  void what_has_not_left_goes_to_another_street_and_no_fact_tells_which() {
    Order placed = placed();
    ChangeDestinationRequest request = to(placed, "Rua Nova 7", "").build();
    Order order = orders.changeDestination(request).getOrder();
    assertThat(destination(placed).getAddressLinesList()).containsExactly("Rua Nova 7");
    assertThat(destination(placed).getCountry()).isEqualTo("PT");
    assertThat(orders.changeDestination(request).getOrder()).isEqualTo(order);
    List<OrderEvent> changed =
        facts(placed.getOrderId()).stream().filter(OrderEvent::hasOrderChanged).toList();
    assertThat(changed)
        .singleElement()
        .satisfies(
            fact -> {
              assertThat(fact.getOrderChanged().getCause())
                  .isEqualTo(OrderChangeCause.ORDER_CHANGE_CAUSE_DESTINATION);
              assertThat(fact.toString()).doesNotContain("Rua Nova");
            });
  }

  @Test
  void another_country_is_another_order() {
    Order placed = placed();
    List<Long> before = allRows();
    refused(
        Status.Code.FAILED_PRECONDITION,
        "DESTINATION_COUNTRY",
        () -> orders.changeDestination(to(placed, "Calle Mayor 1", "ES").build()));
    assertThat(allRows()).isEqualTo(before);
    assertThat(destination(placed).getAddressLinesList()).containsExactly("street");
  }

  @Test
  void what_is_closed_or_was_changed_meanwhile_is_refused() {
    Order placed = placed();
    refused(
        Status.Code.ABORTED,
        "ORDER_VERSION",
        () ->
            orders.changeDestination(
                to(placed, "x", "").setExpectedVersion(placed.getVersion() + 1).build()));
    orders.cancelOrder(
        CancelOrderRequest.newBuilder().setRequestId(id()).setOrderId(placed.getOrderId()).build());
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ORDER_STATE",
        () -> orders.changeDestination(to(placed, "x", "").build()));
    refused(
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND",
        () -> orders.changeDestination(to(placed, "x", "").setOrderId(id()).build()));
  }

  private Order placed() {
    inventory.stock(sku, 5);
    return place(
        order(line(sku, 5))
            .setDestination(Destination.newBuilder().addAddressLines("street").setCountry("PT")));
  }

  private Destination destination(Order order) {
    return orders
        .getOrder(
            GetOrderRequest.newBuilder()
                .setOrderId(order.getOrderId())
                .setIncludeDestination(true)
                .build())
        .getDestination();
  }

  private static ChangeDestinationRequest.Builder to(Order order, String street, String country) {
    return ChangeDestinationRequest.newBuilder()
        .setRequestId(id())
        .setOrderId(order.getOrderId())
        .setDestination(Destination.newBuilder().addAddressLines(street).setCountry(country));
  }
}
