package dev.backorder.platform.errors;

import dev.backorder.common.v1.ErrorReason;
import java.io.Serial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one way to refuse a request. {@link ErrorStatuses} turns it into a {@code google.rpc.Status}.
 * Too little of something is not an error but an answer; a defect is any other exception.
 */
public final class DomainException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** What sort of refusal it is; each maps to one gRPC code. */
  public enum Kind {
    INVALID,
    NOT_FOUND,
    ALREADY_EXISTS,
    PRECONDITION,
    ABORTED,
    EXHAUSTED,
    UNAVAILABLE
  }

  private final Kind kind;
  private final String reason;
  private final transient Details details;

  /** What goes with the reason; which parts are filled depends on the kind. */
  private record Details(
      List<FieldProblem> problems,
      String resourceType,
      String resourceName,
      Map<String, String> metadata,
      Optional<Duration> retryAfter) {
    static final Details NONE = new Details(List.of(), "", "", Map.of(), Optional.empty());
  }

  private DomainException(Kind kind, Enum<?> reason, String message, Details details) {
    super(message);
    this.kind = kind;
    this.reason = reasonOf(reason);
    this.details = details;
  }

  /** INVALID_ARGUMENT with every bad field. */
  public static DomainException invalid(List<FieldProblem> problems) {
    return new DomainException(
        Kind.INVALID,
        ErrorReason.ERROR_REASON_INVALID_FIELDS,
        "The request is not valid.",
        new Details(List.copyOf(problems), "", "", Map.of(), Optional.empty()));
  }

  /** INVALID_ARGUMENT for one bad field. */
  public static DomainException invalid(String field, String description) {
    return invalid(List.of(new FieldProblem(field, description)));
  }

  /** NOT_FOUND with {@code ResourceInfo}. */
  public static DomainException notFound(Enum<?> reason, String resourceType, String name) {
    return resource(
        Kind.NOT_FOUND, reason, "There is no such %s.".formatted(resourceType), resourceType, name);
  }

  /** ALREADY_EXISTS with {@code ResourceInfo}. */
  public static DomainException alreadyExists(Enum<?> reason, String resourceType, String name) {
    return resource(
        Kind.ALREADY_EXISTS,
        reason,
        "This %s exists already.".formatted(resourceType),
        resourceType,
        name);
  }

  /** FAILED_PRECONDITION: the state does not allow it. */
  public static DomainException precondition(
      Enum<?> reason, String message, Map<String, String> metadata) {
    return new DomainException(
        Kind.PRECONDITION,
        reason,
        message,
        new Details(List.of(), "", "", Map.copyOf(metadata), Optional.empty()));
  }

  /** The same, with every field that the state does not allow. */
  public static DomainException precondition(
      Enum<?> reason, String message, Map<String, String> metadata, List<FieldProblem> problems) {
    return new DomainException(
        Kind.PRECONDITION,
        reason,
        message,
        new Details(List.copyOf(problems), "", "", Map.copyOf(metadata), Optional.empty()));
  }

  /** ABORTED: it changed since it was read; read again and retry. */
  public static DomainException aborted(Enum<?> reason, String message) {
    return new DomainException(Kind.ABORTED, reason, message, Details.NONE);
  }

  /** RESOURCE_EXHAUSTED with {@code RetryInfo}. */
  public static DomainException exhausted(Enum<?> reason, String message, Duration retryAfter) {
    return new DomainException(
        Kind.EXHAUSTED,
        reason,
        message,
        new Details(List.of(), "", "", Map.of(), Optional.of(retryAfter)));
  }

  /**
   * UNAVAILABLE: something that is needed does not answer; the caller may retry with the same
   * request id.
   */
  public static DomainException unavailable(String message) {
    return new DomainException(
        Kind.UNAVAILABLE, ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE, message, Details.NONE);
  }

  /**
   * UNAVAILABLE for a reason of its own: the work is recorded, and repeating the call finishes it.
   */
  public static DomainException unavailable(
      Enum<?> reason, String message, Map<String, String> metadata) {
    return new DomainException(
        Kind.UNAVAILABLE,
        reason,
        message,
        new Details(List.of(), "", "", Map.copyOf(metadata), Optional.empty()));
  }

  public Kind kind() {
    return kind;
  }

  /** The name of the reason without the prefix {@code ERROR_REASON_}. */
  public String reason() {
    return reason;
  }

  /** The bad fields; empty unless the kind is INVALID or PRECONDITION. */
  public List<FieldProblem> problems() {
    return details.problems();
  }

  /** Type of the resource that is missing or exists already. */
  public String resourceType() {
    return details.resourceType();
  }

  /** Name of the resource that is missing or exists already. */
  public String resourceName() {
    return details.resourceName();
  }

  /** Facts about the refusal, for machines. */
  public Map<String, String> metadata() {
    return details.metadata();
  }

  /** When to come back. */
  public Optional<Duration> retryAfter() {
    return details.retryAfter();
  }

  private static DomainException resource(
      Kind kind, Enum<?> reason, String message, String resourceType, String name) {
    return new DomainException(
        kind,
        reason,
        message,
        new Details(List.of(), resourceType, name, Map.of(), Optional.empty()));
  }

  private static String reasonOf(Enum<?> reason) {
    String prefix = "ERROR_REASON_";
    String name = reason.name();
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
