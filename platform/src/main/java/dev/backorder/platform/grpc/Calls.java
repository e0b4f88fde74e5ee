package dev.backorder.platform.grpc;

import io.grpc.Context;
import io.grpc.Metadata;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.MDC;

/** What is known about the call (or event) that this thread works for. */
public final class Calls {
  /** Name of the calling program; scopes request ids. */
  public static final Metadata.Key<String> CALLER_HEADER =
      Metadata.Key.of("x-backorder-caller", Metadata.ASCII_STRING_MARSHALLER);

  /** Follows a causal chain through all services. */
  public static final Metadata.Key<String> CORRELATION_HEADER =
      Metadata.Key.of("x-correlation-id", Metadata.ASCII_STRING_MARSHALLER);

  /** The caller that gave no name. */
  public static final String ANONYMOUS = "anonymous";

  static final String LOG_FIELD = "correlationId";

  private static final int LONGEST_ID = 100;
  private static final Context.Key<String> CALLER = Context.key("backorder-caller");
  private static final Context.Key<String> CORRELATION = Context.key("backorder-correlation");
  private static final Context.Key<String> CAUSATION = Context.key("backorder-causation");

  private Calls() {}

  /** Name of the caller; {@link #ANONYMOUS} when it gave none or there is no call. */
  public static String caller() {
    String caller = CALLER.get();
    return caller == null ? ANONYMOUS : caller;
  }

  /** Id of the causal chain; empty outside any call or event. */
  public static String correlationId() {
    String id = CORRELATION.get();
    return id == null ? "" : id;
  }

  /** Id of the event or request that this work answers; empty when unknown. */
  public static String causationId() {
    String id = CAUSATION.get();
    return id == null ? "" : id;
  }

  /**
   * The causal chain that a fact belongs to, for work that is done on another thread.
   *
   * @param correlationId follows the chain through all services; may be empty
   * @param causationId event or request that caused the fact; may be empty
   */
  public record Chain(String correlationId, String causationId) {}

  /** The causal chain that this thread works in. */
  public static Chain chain() {
    return new Chain(correlationId(), causationId());
  }

  /** Runs work as part of a causal chain, on this thread. */
  public static <T> T with(
      String caller, String correlationId, String causationId, Supplier<T> work) {
    Context context =
        Context.current()
            .withValue(CALLER, caller)
            .withValue(CORRELATION, correlationId)
            .withValue(CAUSATION, causationId);
    Context previous = context.attach();
    Object logged = MDC.get(LOG_FIELD);
    MDC.put(LOG_FIELD, correlationId);
    try {
      return work.get();
    } finally {
      if (logged == null) {
        MDC.remove(LOG_FIELD);
      } else {
        MDC.put(LOG_FIELD, logged);
      }
      context.detach(previous);
    }
  }

  /** The context of an incoming call, from its headers. */
  static Context of(Metadata headers) {
    String caller = clean(headers.get(CALLER_HEADER));
    String correlation = clean(headers.get(CORRELATION_HEADER));
    return Context.current()
        .withValues(
            CALLER,
            caller.isEmpty() ? ANONYMOUS : caller,
            CORRELATION,
            correlation.isEmpty() ? newCorrelationId() : correlation);
  }

  /**
   * An id for a new causal chain. It must differ from others; whether it can be guessed is no
   * matter.
   */
  static String newCorrelationId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  /** The correlation id that a context carries. */
  static String correlationIdIn(Context context) {
    return CORRELATION.get(context);
  }

  /** Headers are input: what could break a log line or a column is not taken. */
  private static String clean(String header) {
    if (header == null || header.isEmpty() || header.length() > LONGEST_ID) {
      return "";
    }
    for (int i = 0; i < header.length(); i++) {
      if (header.charAt(i) <= ' ' || header.charAt(i) >= 127) {
        return "";
      }
    }
    return header;
  }
}
