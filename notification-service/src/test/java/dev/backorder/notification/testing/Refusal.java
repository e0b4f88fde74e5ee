package dev.backorder.notification.testing;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * How a call was refused.
 *
 * @param code the gRPC code
 * @param reason the error reason, without prefix
 * @param metadata what goes with the reason
 * @param fields every bad field, in the order of the answer
 * @param message the whole text, to look for leaks
 */
public record Refusal(
    Status.Code code,
    String reason,
    Map<String, String> metadata,
    List<String> fields,
    String message) {

  /** Makes a call that must be refused. */
  public static Refusal of(ThrowingCallable call) {
    StatusRuntimeException refused =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, call);
    Assertions.assertThat(refused).as("the call must be refused").isNotNull();
    com.google.rpc.Status status = StatusProto.fromThrowable(refused);
    Optional<ErrorInfo> info = detail(status, ErrorInfo.class);
    return new Refusal(
        refused.getStatus().getCode(),
        info.map(ErrorInfo::getReason).orElse(""),
        info.map(ErrorInfo::getMetadataMap).orElse(Map.of()),
        detail(status, BadRequest.class).stream()
            .flatMap(bad -> bad.getFieldViolationsList().stream())
            .map(BadRequest.FieldViolation::getField)
            .toList(),
        String.valueOf(status));
  }

  private static <M extends Message> Optional<M> detail(
      com.google.rpc.Status status, Class<M> type) {
    for (Any any : status.getDetailsList()) {
      if (any.is(type)) {
        try {
          return Optional.of(any.unpack(type));
        } catch (InvalidProtocolBufferException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return Optional.empty();
  }
}
