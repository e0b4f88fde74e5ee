package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ShipmentState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the walk over all RPCs does not reach: several bad fields of a list at once, and filters.
 */
@QuarkusTest
class ShipmentBadInputTest extends WarehouseTest {
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

  private List<String> badFields(ListShipmentsRequest request) {
    StatusRuntimeException refusal =
        catchThrowableOfType(StatusRuntimeException.class, () -> shipments.listShipments(request));
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
