package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.testing.BadRequests;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.UnaryCalls;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Whatever comes in, every RPC says clearly what is wrong with it, and changes nothing. */
@QuarkusTest
class ShipmentBadInputTest extends WarehouseTest {
  private static final Map<String, MethodDescriptor<?, ?>> METHODS =
      UnaryCalls.of(ShipmentServiceGrpc.getServiceDescriptor()).stream()
          .collect(
              Collectors.toMap(
                  m -> UnaryCalls.emptyRequest(m).getDescriptorForType().getFullName(),
                  Function.identity()));

  @Test
  void each_bad_field_of_every_rpc_is_refused_by_its_name_and_nothing_changes() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);
    List<Message> good =
        List.of(
            GetShipmentRequest.newBuilder().setShipmentId(offer.getShipmentId()).build(),
            ListShipmentsRequest.newBuilder()
                .setOrderId(order.getOrderId())
                .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
                .build(),
            confirmation(offer),
            delivery(offer));
    assertThat(good.stream().map(request -> request.getDescriptorForType().getFullName()))
        .containsExactlyInAnyOrderElementsOf(METHODS.keySet());
    List<Long> before = allRows();
    SoftAssertions soft = new SoftAssertions();

    for (Message request : good) {
      List<BadRequests.BadRequest> variants = BadRequests.of(request);
      soft.assertThat(variants).isNotEmpty();
      for (BadRequests.BadRequest bad : variants) {
        soft.assertThat(badFields(bad.request())).as("%s", bad).contains(bad.field());
      }
    }

    soft.assertAll();
    assertThat(allRows()).isEqualTo(before);
    assertThat(get(offer)).isEqualTo(offer);
  }

  @Test
  void all_bad_fields_are_named_at_once() {
    ListShipmentsRequest request =
        ListShipmentsRequest.newBuilder()
            .setPageSize(-1)
            .setPageToken("x".repeat(1_001))
            .addStatesValue(99)
            .setOrderId("x")
            .setLocation("no such place")
            .build();

    assertThat(badFields(request))
        .containsExactlyInAnyOrder("page_size", "page_token", "states[0]", "order_id", "location");
  }

  @Test
  void a_state_that_is_never_stored_and_a_token_that_no_list_gave_are_refused() {
    assertThat(
            badFields(
                ListShipmentsRequest.newBuilder()
                    .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
                    .addStates(ShipmentState.SHIPMENT_STATE_UNSPECIFIED)
                    .build()))
        .containsExactly("states[1]");
    for (String token : List.of("%%%", "bm90LWEtdG9rZW4", "x")) {
      assertThat(badFields(ListShipmentsRequest.newBuilder().setPageToken(token).build()))
          .containsExactly("page_token");
    }
  }

  private static List<String> badFields(Message request) {
    MethodDescriptor<?, ?> method = METHODS.get(request.getDescriptorForType().getFullName());
    StatusRuntimeException refusal =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> UnaryCalls.call(GrpcTestChannel.channel(), method, request));
    assertThat(refusal).as("a refusal of %s", request).isNotNull();
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    return StatusProto.fromThrowable(refusal).getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .flatMap(detail -> unpack(detail).getFieldViolationsList().stream())
        .map(FieldViolation::getField)
        .toList();
  }

  private static BadRequest unpack(Any detail) {
    try {
      return detail.unpack(BadRequest.class);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
