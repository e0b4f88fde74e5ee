package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.v1.BatchConfirmDeliveriesRequest;
import dev.backorder.order.v1.BatchConfirmShipmentsRequest;
import dev.backorder.order.v1.ConfirmDeliveryOutcome;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmShipmentOutcome;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.Shipment;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many shipments in one call: a collection's manifest, a carrier's report. */
@QuarkusTest
class ManifestTest extends WarehouseTest {
  @Test
  void shipments_leave_and_arrive_together_each_with_its_own_outcome() {
    stock(100);
    List<Order> placed = IntStream.range(0, 20).mapToObj(i -> place(3)).toList();
    List<Shipment> offers = placed.stream().map(this::onlyShipment).toList();
    Shipment gone = confirm(offers.get(4));
    List<ConfirmShipmentRequest> manifest =
        offers.stream().map(WarehouseTest::confirmation).toList();

    List<ConfirmShipmentOutcome> left = leave(manifest);

    for (int i = 0; i < 20; i++) {
      if (i == 4) {
        assertThat(code(left.get(i).getFailure())).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(get(gone)).isEqualTo(gone);
      } else {
        assertThat(get(offers.get(i))).isEqualTo(left.get(i).getResponse().getShipment());
        assertThat(told(placed.get(i)))
            .containsExactly(offers.get(i), left.get(i).getResponse().getShipment());
      }
      assertThat(get(placed.get(i).getOrderId()).getLines(0).getShippedQuantity()).isEqualTo(3);
      assertThat(shippedInInventory(placed.get(i))).isEqualTo(3);
    }
    assertThat(rows("process")).isZero();

    Shipment notThere = gone.toBuilder().setShipmentId(id()).build();
    List<ConfirmDeliveryOutcome> arrived =
        arrive(Arrays.asList(delivery(offers.get(0)), delivery(notThere), delivery(offers.get(1))));
    assertThat(code(arrived.get(1).getFailure())).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(arrived.get(2).getResponse().getShipment()).isEqualTo(get(offers.get(1)));
    assertThat(get(placed.get(1).getOrderId()).getState())
        .isEqualTo(OrderState.ORDER_STATE_DELIVERED);
  }

  @Test
  void two_shipments_of_one_order_leave_and_arrive_in_one_call() {
    String far = FakeInventory.FAR_LOCATION + "/" + sku;
    inventory.stock(sku, 2);
    inventory.stock(far, 2);
    Order order = place(order(line(sku, 2), line(far, 1)));
    List<Shipment> offers = shipmentsOf(order);
    assertThat(offers).hasSize(2);

    List<ConfirmShipmentOutcome> left =
        leave(offers.stream().map(WarehouseTest::confirmation).toList());
    assertThat(left).noneMatch(ConfirmShipmentOutcome::hasFailure);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);

    assertThat(arrive(offers.stream().map(WarehouseTest::delivery).toList()))
        .noneMatch(ConfirmDeliveryOutcome::hasFailure);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_DELIVERED);
    assertThat(told(order)).hasSize(6);
  }

  @Test
  void a_repeated_manifest_gets_the_first_outcomes_also_many_times_at_once() {
    stock(100);
    List<ConfirmShipmentRequest> manifest =
        IntStream.range(0, 10).mapToObj(i -> confirmation(onlyShipment(place(2)))).toList();
    List<ConfirmDeliveryRequest> report =
        manifest.stream()
            .map(
                c ->
                    ConfirmDeliveryRequest.newBuilder()
                        .setRequestId(id())
                        .setShipmentId(c.getShipmentId())
                        .build())
            .toList();

    List<List<ConfirmShipmentOutcome>> left = Stampede.run(6, () -> leave(manifest));
    assertThat(left).allMatch(left.get(0)::equals);
    List<List<ConfirmDeliveryOutcome>> arrived = Stampede.run(6, () -> arrive(report));
    assertThat(arrived).allMatch(arrived.get(0)::equals);

    List<Long> before = allRows();
    assertThat(leave(manifest.subList(3, 6))).isEqualTo(left.get(0).subList(3, 6));
    assertThat(confirm(manifest.get(0))).isEqualTo(left.get(0).get(0).getResponse().getShipment());
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void without_an_answer_of_inventory_shipments_are_confirming_and_are_finished_later() {
    stock(10);
    Order one = place(3);
    Order two = place(3);
    List<ConfirmShipmentRequest> manifest =
        List.of(confirmation(onlyShipment(one)), confirmation(onlyShipment(two)));
    inventory.deaf(true);
    assertThat(leave(manifest))
        .extracting(outcome -> code(outcome.getFailure()))
        .containsExactly(Status.Code.UNAVAILABLE, Status.Code.UNAVAILABLE);
    inventory.deaf(false);

    assertThat(leave(manifest)).noneMatch(ConfirmShipmentOutcome::hasFailure);

    assertThat(shippedInInventory(one)).isEqualTo(3);
    assertThat(shippedInInventory(two)).isEqualTo(3);
  }

  @Test
  void fewer_units_than_a_shipment_holds_refuse_that_one_alone() {
    stock(10);
    Order whole = place(3);
    Order robbed = place(3);
    List<ConfirmShipmentRequest> manifest =
        List.of(confirmation(onlyShipment(robbed)), confirmation(onlyShipment(whole)));
    inventory.vanish(robbed.getOrderId(), sku, 1, day(5));

    List<ConfirmShipmentOutcome> left = leave(manifest);

    assertThat(code(left.get(0).getFailure())).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(left.get(1).hasResponse()).isTrue();
    assertThat(content(onlyShipment(robbed))).containsEntry(sku, 2L);
  }

  @Test
  void each_request_and_each_shipment_is_there_only_once() {
    stock(10);
    ConfirmShipmentRequest one = confirmation(onlyShipment(place(3)));
    ConfirmShipmentRequest again = one.toBuilder().setRequestId(id()).build();
    refused(Status.Code.INVALID_ARGUMENT, "INVALID_FIELDS", () -> leave(List.of(one, again)));
  }

  private List<ConfirmShipmentOutcome> leave(List<ConfirmShipmentRequest> manifest) {
    return shipments
        .batchConfirmShipments(
            BatchConfirmShipmentsRequest.newBuilder().addAllShipments(manifest).build())
        .getOutcomesList();
  }

  private List<ConfirmDeliveryOutcome> arrive(List<ConfirmDeliveryRequest> report) {
    return shipments
        .batchConfirmDeliveries(
            BatchConfirmDeliveriesRequest.newBuilder().addAllDeliveries(report).build())
        .getOutcomesList();
  }

  private long shippedInInventory(Order order) {
    return inventory.allocation(order.getOrderId()).getLines(0).getShippedQuantity();
  }

  private static Status.Code code(com.google.rpc.Status failure) {
    return Status.fromCodeValue(failure.getCode()).getCode();
  }
}
