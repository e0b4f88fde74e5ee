package dev.backorder.order.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.BatchPlaceOrdersResponse;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetOrderResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderOutcome;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many orders in one call. */
@QuarkusTest
class BatchPlacementTest extends OrderServiceTest {
  @Test
  void orders_are_placed_in_their_sequence_each_with_its_own_outcome() {
    inventory.stock(sku, 3);
    inventory.stock("other-" + sku, 2);
    PlaceOrderRequest taken = order(line("other-" + sku, 1)).build();
    orders.placeOrder(taken);
    PlaceOrderRequest reused = taken.toBuilder().setReference("other content").build();

    List<PlaceOrderOutcome> outcomes =
        place(
                order(line(sku, 2)).build(),
                order(line(sku, 2)).build(),
                reused,
                order(line("other-" + sku, 1)).build())
            .getOutcomesList();

    assertThat(outcomes)
        .extracting(BatchPlacementTest::word)
        .containsExactly("RESERVED", "REJECTED", "FAILED_PRECONDITION", "RESERVED");
    assertThat(inventory.available(sku)).isEqualTo(1);
    Order first = outcomes.get(0).getResponse().getOrder();
    assertThat(get(first.getOrderId())).isEqualTo(first);
    assertThat(promises(first.getOrderId()))
        .extracting(PromiseRecord::getQuantity)
        .containsExactly(2L);
    assertThat(kinds(first.getOrderId()))
        .containsExactly(OrderEvent.FactCase.ORDER_PLACED, OrderEvent.FactCase.SHIPMENT_CHANGED);
  }

  @Test
  void each_order_keeps_its_own_lines_dates_and_address() {
    inventory.stock(sku, 1);
    inventory.expect(sku, day(9));
    List<PlaceOrderRequest> requests = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      PlaceOrderRequest.Builder request =
          order(line(sku, i), line(sku, 100 + i)).setReference("r" + i);
      if (i % 2 == 0) {
        request.setDestination(
            Destination.newBuilder()
                .setRecipient("recipient " + i)
                .addAddressLines("street " + i)
                .addAddressLines("floor, \"back\" {" + i + "}")
                .setCountry("PT"));
      }
      requests.add(request.build());
    }

    List<PlaceOrderOutcome> outcomes = place(requests).getOutcomesList();

    for (int i = 1; i <= 20; i++) {
      Order order = outcomes.get(i - 1).getResponse().getOrder();
      assertThat(order.getReference()).isEqualTo("r" + i);
      assertThat(order.getLinesList())
          .extracting(l -> l.getOrderedQuantity())
          .containsExactly((long) i, 100L + i);
      assertThat(promises(order.getOrderId()).stream().mapToLong(PromiseRecord::getQuantity).sum())
          .isEqualTo(100L + 2L * i);
      GetOrderResponse stored =
          orders.getOrder(
              GetOrderRequest.newBuilder()
                  .setOrderId(order.getOrderId())
                  .setIncludeDestination(true)
                  .build());
      assertThat(stored.getDestination()).isEqualTo(requests.get(i - 1).getDestination());
    }
  }

  @Test
  void a_repeated_batch_gets_the_first_outcomes_and_so_does_a_part_of_it() {
    inventory.stock(sku, 1000);
    List<PlaceOrderRequest> requests =
        IntStream.range(0, 100).mapToObj(i -> order(line(sku, 3)).build()).toList();
    BatchPlaceOrdersResponse first = place(requests);
    List<Long> before = allRows();

    assertThat(place(requests)).isEqualTo(first);
    assertThat(orders.placeOrder(requests.get(7))).isEqualTo(first.getOutcomes(7).getResponse());
    assertThat(place(requests.subList(40, 60)).getOutcomesList())
        .isEqualTo(first.getOutcomesList().subList(40, 60));

    assertThat(allRows()).isEqualTo(before);
    assertThat(inventory.available(sku)).isEqualTo(700);
  }

  @Test
  void the_same_batch_many_times_at_once_places_each_order_once() {
    inventory.stock(sku, 1000);
    List<PlaceOrderRequest> requests =
        IntStream.range(0, 30).mapToObj(i -> order(line(sku, 3)).build()).toList();

    List<BatchPlaceOrdersResponse> answers = Stampede.run(6, () -> place(requests));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(inventory.available(sku)).isEqualTo(910);
  }

  @Test
  void without_an_answer_of_inventory_every_order_is_pending_and_is_decided_later() {
    inventory.stock(sku, 10);
    List<PlaceOrderRequest> requests =
        List.of(order(line(sku, 4)).build(), order(line(sku, 4)).build());
    inventory.deaf(true);

    assertThat(place(requests).getOutcomesList())
        .extracting(BatchPlacementTest::word)
        .containsExactly("UNAVAILABLE", "UNAVAILABLE");
    inventory.deaf(false);

    assertThat(place(requests).getOutcomesList())
        .extracting(BatchPlacementTest::word)
        .containsExactly("RESERVED", "RESERVED");
    assertThat(inventory.available(sku)).isEqualTo(2);
    assertThat(rows("process")).isZero();
  }

  @Test
  void what_is_wrong_with_any_order_is_named_and_then_none_is_placed() {
    inventory.stock(sku, 10);
    PlaceOrderRequest good = order(line(sku, 1)).build();
    PlaceOrderRequest dollars = good.toBuilder().setRequestId(id()).setCurrencyCode("USD").build();
    List<Long> before = allRows();

    assertThat(invalid(good, dollars, good))
        .containsExactly("orders[1].lines[0].price.currency_code", "orders[2].request_id");

    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void the_orders_of_a_batch_have_at_most_2000_lines_together() {
    inventory.stock(sku, 10_000);
    PlaceOrderRequest.Builder large = order();
    IntStream.range(0, 2_000).forEach(i -> large.addLines(line(sku, 1)));
    List<Long> before = allRows();

    assertThat(invalid(large.build(), order(line(sku, 1)).build())).containsExactly("orders");

    assertThat(allRows()).isEqualTo(before);
    assertThat(word(place(large.build()).getOutcomes(0))).isEqualTo("RESERVED");
  }

  private BatchPlaceOrdersResponse place(PlaceOrderRequest... requests) {
    return place(Arrays.asList(requests));
  }

  private BatchPlaceOrdersResponse place(List<PlaceOrderRequest> requests) {
    return orders.batchPlaceOrders(
        BatchPlaceOrdersRequest.newBuilder().addAllOrders(requests).build());
  }

  private List<String> invalid(PlaceOrderRequest... requests) {
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> place(requests));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    return StatusProto.fromThrowable(failure).getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .flatMap(
            detail -> {
              try {
                return detail.unpack(BadRequest.class).getFieldViolationsList().stream();
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  private static String word(PlaceOrderOutcome outcome) {
    if (outcome.hasFailure()) {
      return Status.fromCodeValue(outcome.getFailure().getCode()).getCode().name();
    }
    OrderState state = outcome.getResponse().getOrder().getState();
    return state.name().substring("ORDER_STATE_".length());
  }
}
