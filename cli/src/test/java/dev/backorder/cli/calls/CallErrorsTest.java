package dev.backorder.cli.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.junit.jupiter.api.Test;

class CallErrorsTest {

  @Test
  void all_bad_fields_of_a_refused_call_are_named() {
    StatusRuntimeException e =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.INVALID_ARGUMENT_VALUE)
                .setMessage("2 fields are wrong.")
                .addDetails(Any.pack(ErrorInfo.newBuilder().setReason("INVALID_FIELDS").build()))
                .addDetails(
                    Any.pack(
                        BadRequest.newBuilder()
                            .addFieldViolations(
                                violation("lines[0].quantity", "must be at least 1"))
                            .addFieldViolations(violation("customer_id", "is missing"))
                            .build()))
                .build());

    CommandFailure failure = CallErrors.explain(e);

    assertThat(failure.exitCode()).isEqualTo(ExitCodes.REFUSED);
    assertThat(failure)
        .hasMessage(
            "INVALID_ARGUMENT: 2 fields are wrong [INVALID_FIELDS]: lines[0].quantity must be at least 1;"
                + " customer_id is missing.");
    assertThat(CallErrors.reasonOf(e)).contains("INVALID_FIELDS");
  }

  @Test
  void what_was_not_found_is_named() {
    StatusRuntimeException e =
        StatusProto.toStatusRuntimeException(
            com.google.rpc.Status.newBuilder()
                .setCode(Code.NOT_FOUND_VALUE)
                .setMessage("No such item")
                .addDetails(
                    Any.pack(
                        ResourceInfo.newBuilder()
                            .setResourceType("item")
                            .setResourceName("85123A")
                            .build()))
                .build());

    assertThat(CallErrors.explain(e)).hasMessage("NOT_FOUND: No such item (item 85123A).");
  }

  @Test
  void trouble_around_us_is_told_apart_from_a_refusal() {
    assertThat(CallErrors.explain(Status.UNAVAILABLE.asRuntimeException()).exitCode())
        .isEqualTo(ExitCodes.ENVIRONMENT);
    assertThat(
            CallErrors.explain(Status.INTERNAL.withDescription("oh\nstack").asRuntimeException()))
        .hasMessageContaining("The service failed (oh)");
    assertThat(CallErrors.isOverload(Status.RESOURCE_EXHAUSTED.asRuntimeException())).isFalse();
  }

  private static FieldViolation violation(String field, String description) {
    return FieldViolation.newBuilder().setField(field).setDescription(description).build();
  }
}
