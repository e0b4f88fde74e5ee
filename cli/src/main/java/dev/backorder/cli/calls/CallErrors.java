package dev.backorder.cli.calls;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.backorder.cli.console.CommandFailure;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns what a service answers when it refuses into one sentence for a person, with what to do. */
public final class CallErrors {

  private CallErrors() {}

  /** The failure to end a command with. */
  public static CommandFailure explain(StatusRuntimeException e) {
    Status status = e.getStatus();
    return switch (status.getCode()) {
      case UNAVAILABLE ->
          CommandFailure.environment(
              "No service answers ("
                  + firstLine(status)
                  + "): start the system with `backorder up`, or name the right one"
                  + " with --base-port or --target.",
              e);
      case DEADLINE_EXCEEDED ->
          CommandFailure.environment(
              "The service did not answer in time: try again; a repeated call is never done twice.",
              e);
      case INTERNAL, UNKNOWN, DATA_LOSS ->
          CommandFailure.environment(
              "The service failed ("
                  + firstLine(status)
                  + reason(e)
                  + "): look into its log, see `backorder up` for the"
                  + " folder.",
              e);
      default -> CommandFailure.refused(sentence(e), e);
    };
  }

  /** What a service said, as one sentence, without the advice of {@link #explain}. */
  public static String sentence(StatusRuntimeException e) {
    StringBuilder sentence =
        new StringBuilder(e.getStatus().getCode().name())
            .append(": ")
            .append(firstLine(e.getStatus()));
    sentence.append(reason(e));
    detail(e, BadRequest.class)
        .filter(bad -> bad.getFieldViolationsCount() > 0)
        // The message mostly names them already.
        .filter(bad -> !sentence.toString().contains(bad.getFieldViolations(0).getDescription()))
        .ifPresent(
            bad ->
                sentence
                    .append(": ")
                    .append(
                        bad.getFieldViolationsList().stream()
                            .map(
                                violation ->
                                    violation.getField() + " " + violation.getDescription())
                            .collect(Collectors.joining("; "))));
    detail(e, ResourceInfo.class)
        .ifPresent(
            resource ->
                sentence
                    .append(" (")
                    .append(resource.getResourceType())
                    .append(' ')
                    .append(resource.getResourceName())
                    .append(')'));
    return sentence.append('.').toString();
  }

  /** The stable reason, for example {@code ITEM_NOT_FOUND}; empty when none was given. */
  public static Optional<String> reasonOf(StatusRuntimeException e) {
    return detail(e, ErrorInfo.class).map(ErrorInfo::getReason);
  }

  /** True when a service asks to come back, in contrast to a message that is too large. */
  static boolean isOverload(StatusRuntimeException e) {
    return detail(e, RetryInfo.class).isPresent();
  }

  private static String reason(StatusRuntimeException e) {
    return detail(e, ErrorInfo.class)
        .map(
            info ->
                " ["
                    + info.getReason()
                    + (info.getMetadataCount() == 0
                        ? ""
                        : " " + new TreeMap<>(info.getMetadataMap()))
                    + "]")
        .orElse("");
  }

  private static String firstLine(Status status) {
    String description =
        status.getDescription() == null ? "no further word" : status.getDescription();
    return description.lines().findFirst().orElse("").replaceAll("\\.$", "");
  }

  private static <M extends Message> Optional<M> detail(StatusRuntimeException e, Class<M> type) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return Optional.empty();
    }
    try {
      for (Any any : status.getDetailsList()) {
        if (any.is(type)) {
          return Optional.of(any.unpack(type));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
  }
}
