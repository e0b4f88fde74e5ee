package dev.backorder.platform.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.errors.FieldProblem;
import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.lane.Verdict;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The one table from exceptions to {@code google.rpc.Status}. Nothing of an unexpected exception
 * but a correlation id reaches the caller, and the trailers are always new: request headers never
 * travel back.
 */
@ApplicationScoped
public class ErrorStatuses {
  private static final Logger LOG = Logger.getLogger(ErrorStatuses.class);
  private static final String OUR_DOMAINS = ".backorder";

  /**
   * Clients refuse trailers over 8 KiB, in which these details travel as base64: the rest is
   * counted.
   */
  private static final int MOST_DETAIL_BYTES = 4_000;

  private final ServiceName service;

  ErrorStatuses(ServiceName service) {
    this.service = service;
  }

  /** The status for the caller. Logs what is a defect of ours, once. */
  public StatusRuntimeException toStatus(Throwable failure) {
    DomainException refusal = find(failure, DomainException.class);
    if (refusal != null) {
      return refused(refusal);
    }
    if (Failures.isConflict(failure)) {
      return shared(
          Status.Code.ABORTED,
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "Too many changes at once; retry.");
    }
    StatusRuntimeException remote = find(failure, StatusRuntimeException.class);
    if (remote != null) {
      return fromRemote(remote.getStatus(), StatusProto.fromThrowable(remote), failure);
    }
    StatusException checkedRemote = find(failure, StatusException.class);
    if (checkedRemote != null) {
      return fromRemote(
          checkedRemote.getStatus(), StatusProto.fromThrowable(checkedRemote), failure);
    }
    if (Failures.isTransient(failure)) {
      LOG.warnf(
          "A dependency does not answer: %s",
          Failures.causes(failure).reduce((a, b) -> b).orElse(failure));
      return unavailable();
    }
    return internal(failure);
  }

  /**
   * Tells what became of one call of a batch: its answer, or the status that it alone would get.
   */
  public <R> void tell(
      Verdict<R> verdict, Consumer<R> answer, Consumer<com.google.rpc.Status> failure) {
    if (verdict instanceof Verdict.Refused<R> refused) {
      failure.accept(StatusProto.fromThrowable(toStatus(refused.failure())));
    } else {
      answer.accept(verdict.get());
    }
  }

  private StatusRuntimeException refused(DomainException refusal) {
    List<Message> messages = new ArrayList<>();
    messages.add(errorInfo(refusal.reason(), refusal.metadata()));
    String message = refusal.getMessage();
    switch (refusal.kind()) {
      case INVALID -> {
        messages.add(badRequest(refusal.problems()));
        message = message + " " + summary(refusal.problems());
      }
      case NOT_FOUND, ALREADY_EXISTS ->
          messages.add(
              ResourceInfo.newBuilder()
                  .setResourceType(refusal.resourceType())
                  .setResourceName(refusal.resourceName())
                  .setDescription(refusal.getMessage())
                  .build());
      case PRECONDITION -> {
        messages.add(
            PreconditionFailure.newBuilder()
                .addViolations(
                    PreconditionFailure.Violation.newBuilder()
                        .setType(refusal.reason())
                        .setDescription(refusal.getMessage()))
                .build());
        if (!refusal.problems().isEmpty()) {
          messages.add(badRequest(refusal.problems()));
          message = message + " " + summary(refusal.problems());
        }
      }
      case EXHAUSTED -> messages.add(retryInfo(refusal.retryAfter().orElse(Duration.ofSeconds(1))));
      case UNAVAILABLE -> messages.add(retryInfo(Duration.ofSeconds(1)));
      case ABORTED -> {}
    }
    return status(codeOf(refusal.kind()), message, messages);
  }

  private static Status.Code codeOf(DomainException.Kind kind) {
    return switch (kind) {
      case INVALID -> Status.Code.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case PRECONDITION -> Status.Code.FAILED_PRECONDITION;
      case ABORTED -> Status.Code.ABORTED;
      case EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
    };
  }

  /**
   * A refusal by one of our own services keeps its meaning; everything else of a peer stays with
   * us.
   */
  private StatusRuntimeException fromRemote(
      Status status, com.google.rpc.Status details, Throwable failure) {
    return switch (status.getCode()) {
      case UNAVAILABLE, CANCELLED -> unavailable();
      case DEADLINE_EXCEEDED -> deadlineExceeded();
      case RESOURCE_EXHAUSTED ->
          status(
              Status.Code.RESOURCE_EXHAUSTED,
              "A service that is needed is overloaded.",
              List.of(
                  errorInfo(reason(ErrorReason.ERROR_REASON_OVERLOADED), Map.of()),
                  retryInfo(Duration.ofSeconds(1))));
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, ABORTED ->
          isOurs(details) ? StatusProto.toStatusRuntimeException(details) : internal(failure);
      default -> internal(failure);
    };
  }

  private static boolean isOurs(com.google.rpc.Status details) {
    if (details == null) {
      return false;
    }
    for (Any detail : details.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)
            && detail.unpack(ErrorInfo.class).getDomain().endsWith(OUR_DOMAINS)) {
          return true;
        }
      } catch (InvalidProtocolBufferException e) {
        return false;
      }
    }
    return false;
  }

  /** DEADLINE_EXCEEDED: the caller's time was up. */
  public StatusRuntimeException deadlineExceeded() {
    return shared(
        Status.Code.DEADLINE_EXCEEDED,
        ErrorReason.ERROR_REASON_DEADLINE_EXCEEDED,
        "The time was up before the answer was known.");
  }

  /** UNAVAILABLE: retry, here or at another replica. */
  public StatusRuntimeException unavailable() {
    return shared(
        Status.Code.UNAVAILABLE,
        ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE,
        "Something that is needed does not answer; retry with the same request id.");
  }

  /** INVALID_ARGUMENT: the bytes are no message. */
  public StatusRuntimeException unreadable() {
    return shared(
        Status.Code.INVALID_ARGUMENT,
        ErrorReason.ERROR_REASON_INVALID_FIELDS,
        "The request cannot be read: its bytes are no message of this method.");
  }

  /** RESOURCE_EXHAUSTED: the message is over the limit. */
  public StatusRuntimeException tooLarge(long bytes, long limit) {
    return status(
        Status.Code.RESOURCE_EXHAUSTED,
        "The message has %d bytes, over the limit of %d.".formatted(bytes, limit),
        List.of(
            errorInfo(
                reason(ErrorReason.ERROR_REASON_INVALID_FIELDS),
                Map.of(
                    "message_bytes", Long.toString(bytes), "limit_bytes", Long.toString(limit)))));
  }

  private StatusRuntimeException internal(Throwable failure) {
    String correlationId = Calls.correlationId();
    LOG.errorf(
        failure,
        "A call failed for a reason that no one foresaw (correlation id %s)",
        correlationId);
    return status(
        Status.Code.INTERNAL,
        "Internal error. The correlation id finds it in the log.",
        List.of(
            errorInfo(
                reason(ErrorReason.ERROR_REASON_INTERNAL),
                Map.of("correlation_id", correlationId))));
  }

  private StatusRuntimeException shared(Status.Code code, ErrorReason reason, String message) {
    List<Message> details = new ArrayList<>(List.of(errorInfo(reason(reason), Map.of())));
    if (code == Status.Code.UNAVAILABLE || code == Status.Code.ABORTED) {
      details.add(retryInfo(Duration.ofSeconds(1)));
    }
    return status(code, message, details);
  }

  private static StatusRuntimeException status(
      Status.Code code, String message, List<Message> details) {
    com.google.rpc.Status.Builder status =
        com.google.rpc.Status.newBuilder().setCode(code.value()).setMessage(message);
    details.forEach(detail -> status.addDetails(Any.pack(detail)));
    return StatusProto.toStatusRuntimeException(status.build());
  }

  private ErrorInfo errorInfo(String reason, Map<String, String> metadata) {
    return ErrorInfo.newBuilder()
        .setReason(reason)
        .setDomain(service.errorDomain())
        .putAllMetadata(metadata)
        .build();
  }

  private static BadRequest badRequest(List<FieldProblem> problems) {
    BadRequest.Builder bad = BadRequest.newBuilder();
    int bytes = 0;
    int told = 0;
    for (FieldProblem problem : problems) {
      BadRequest.FieldViolation violation =
          BadRequest.FieldViolation.newBuilder()
              .setField(cut(problem.field(), 200))
              .setDescription(cut(problem.description(), 300))
              .build();
      bytes += violation.getSerializedSize() + 4;
      if (bytes > MOST_DETAIL_BYTES) {
        break;
      }
      bad.addFieldViolations(violation);
      told++;
    }
    if (told < problems.size()) {
      bad.addFieldViolations(
          BadRequest.FieldViolation.newBuilder()
              .setField("")
              .setDescription(
                  "and %d more problems of this sort".formatted(problems.size() - told)));
    }
    return bad.build();
  }

  private static String summary(List<FieldProblem> problems) {
    String first =
        problems.stream()
            .limit(3)
            .map(p -> cut(p.field(), 60) + ": " + cut(p.description(), 120))
            .reduce((a, b) -> a + "; " + b)
            .orElse("");
    return problems.size() > 3 ? first + "; and %d more".formatted(problems.size() - 3) : first;
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }

  private static RetryInfo retryInfo(Duration after) {
    return RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(after.toMillis())).build();
  }

  private static String reason(ErrorReason reason) {
    return reason.name().substring("ERROR_REASON_".length());
  }

  private static <T extends Throwable> T find(Throwable failure, Class<T> type) {
    return Failures.causes(failure)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElse(null);
  }
}
