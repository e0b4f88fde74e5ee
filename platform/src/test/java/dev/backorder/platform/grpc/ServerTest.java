package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.PreconditionFailure;
import com.google.rpc.ResourceInfo;
import com.google.rpc.RetryInfo;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckConsistencyResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListCheckpointsRequest;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.RetryParkedEventsRequest;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblem;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ServerTest {
  private static final String SECRET = "Bearer very-secret";

  @Inject TroubleCheck trouble;
  @Inject InFlight inFlight;
  @Inject Transactions transactions;
  @Inject Sql sql;

  @AfterEach
  void behave() {
    trouble.behaviour = List::of;
  }

  @Test
  void callers_and_correlation_ids_reach_the_worker_thread() {
    CheckConsistencyResponse response =
        ConsistencyServiceGrpc.newBlockingStub(
                GrpcTestChannel.with("x-backorder-caller", "storefront", "x-correlation-id", "c-1"))
            .checkConsistency(CheckConsistencyRequest.getDefaultInstance());

    assertThat(response.getResultsList())
        .anySatisfy(
            r -> {
              assertThat(r.getCheck()).isEqualTo("no_event_is_stuck");
              assertThat(r.getConsistent()).isTrue();
            });
    assertThat(trouble.seenCaller).isEqualTo("storefront");
    assertThat(trouble.seenCorrelationId).isEqualTo("c-1");
    assertThat(trouble.readOnly).as("checks share one read-only snapshot").isTrue();
  }

  @Test
  void calls_without_headers_get_a_correlation_id_and_nonsense_headers_are_not_taken() {
    check(() -> List.of());
    assertThat(trouble.seenCaller).isEqualTo(Calls.ANONYMOUS);
    assertThat(trouble.seenCorrelationId).hasSize(36);

    ConsistencyServiceGrpc.newBlockingStub(
            GrpcTestChannel.with("x-backorder-caller", "x".repeat(101), "x-correlation-id", "a b"))
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance());
    assertThat(trouble.seenCaller).isEqualTo(Calls.ANONYMOUS);
    assertThat(trouble.seenCorrelationId).hasSize(36);
  }

  @Test
  void an_unforeseen_failure_leaks_nothing_but_a_correlation_id() {
    StatusRuntimeException failure =
        failureOf(
            () -> {
              throw new IllegalStateException("password=hunter2");
            });

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    ErrorInfo info = detail(failure, ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("INTERNAL");
    assertThat(info.getDomain()).isEqualTo("test.backorder");
    assertThat(info.getMetadataMap()).containsOnlyKeys("correlation_id");
    assertThat(everythingIn(failure)).doesNotContain("hunter2", "IllegalState", SECRET);
  }

  @Test
  void a_violated_constraint_does_not_show_its_sql() {
    StatusRuntimeException failure =
        failureOf(
            () -> {
              transactions.runInNew(
                  () -> sql.update("insert into feed_checkpoint values ('x', 'e', -1, now())"));
              return List.of();
            });

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(everythingIn(failure)).doesNotContain("feed_checkpoint", "insert", "PSQL", SECRET);
  }

  @Test
  void every_kind_of_refusal_has_its_code_and_details() {
    ErrorReason reason = ErrorReason.ERROR_REASON_ETAG_MISMATCH;
    StatusRuntimeException missing = refusal(DomainException.notFound(reason, "item", "A-1"));
    assertThat(missing.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(detail(missing, ResourceInfo.class).getResourceName()).isEqualTo("A-1");
    assertThat(detail(missing, ErrorInfo.class).getReason()).isEqualTo("ETAG_MISMATCH");

    StatusRuntimeException there = refusal(DomainException.alreadyExists(reason, "item", "A-1"));
    assertThat(there.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);

    StatusRuntimeException state =
        refusal(
            DomainException.precondition(reason, "Shipped already.", Map.of("state", "SHIPPED")));
    assertThat(state.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(detail(state, PreconditionFailure.class).getViolations(0).getType())
        .isEqualTo("ETAG_MISMATCH");
    assertThat(detail(state, ErrorInfo.class).getMetadataMap()).containsEntry("state", "SHIPPED");

    assertThat(refusal(DomainException.aborted(reason, "Changed.")).getStatus().getCode())
        .isEqualTo(Status.Code.ABORTED);

    StatusRuntimeException busy =
        refusal(DomainException.exhausted(reason, "Full.", Duration.ofSeconds(3)));
    assertThat(busy.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(detail(busy, RetryInfo.class).getRetryDelay().getSeconds()).isEqualTo(3);
    assertThat(everythingIn(busy)).doesNotContain(SECRET);
  }

  @Test
  void a_dead_dependency_is_unavailable_and_a_peers_own_words_stay_with_us() {
    StatusRuntimeException unavailable =
        refusal(Status.UNAVAILABLE.withDescription("10.0.0.7 refused").asRuntimeException());
    assertThat(unavailable.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(detail(unavailable, ErrorInfo.class).getReason())
        .isEqualTo("DEPENDENCY_UNAVAILABLE");
    assertThat(everythingIn(unavailable)).doesNotContain("10.0.0.7");

    StatusRuntimeException strange =
        refusal(Status.INVALID_ARGUMENT.withDescription("of a stranger").asRuntimeException());
    assertThat(strange.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(everythingIn(strange)).doesNotContain("stranger");

    StatusRuntimeException lost =
        new ErrorStatuses(inFlightServiceName())
            .toStatus(DomainException.notFound(ErrorReason.ERROR_REASON_NOT_FOUND, "item", "B-2"));
    StatusRuntimeException passedOn = refusal(lost);
    assertThat(passedOn.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(detail(passedOn, ResourceInfo.class).getResourceName()).isEqualTo("B-2");
  }

  @Test
  void a_database_that_does_not_answer_is_unavailable() {
    StatusRuntimeException failure =
        failureOf(
            () -> {
              sql.update("select pg_terminate_backend(pg_backend_pid())");
              return List.of();
            });
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("DEPENDENCY_UNAVAILABLE");
  }

  @Test
  void every_bad_field_is_named_at_once() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                FeedServiceGrpc.newBlockingStub(GrpcTestChannel.with("authorization", SECRET))
                    .retryParkedEvents(
                        RetryParkedEventsRequest.newBuilder()
                            .setRequestId("no uuid")
                            .setKey("k".repeat(201))
                            .build()));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(detail(failure, BadRequest.class).getFieldViolationsList())
        .extracting(BadRequest.FieldViolation::getField)
        .containsExactlyInAnyOrder("request_id", "consumer", "key");
    assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("INVALID_FIELDS");
    assertThat(everythingIn(failure)).doesNotContain(SECRET);
  }

  @Test
  void bytes_that_are_no_message_are_refused_in_our_words() {
    for (MethodDescriptor<?, ?> method :
        List.of(
            FeedServiceGrpc.getListEventsMethod(),
            FeedServiceGrpc.getStreamEventsMethod(),
            ClockServiceGrpc.getAdvanceClockMethod())) {
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () -> callWithBytes(method, new byte[] {0x0a, 0x7f, 1}));

      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("INVALID_FIELDS");
      assertThat(detail(failure, ErrorInfo.class).getDomain()).isEqualTo("test.backorder");
    }
    await().until(() -> inFlight.count() == 0);
  }

  private static <R> void callWithBytes(MethodDescriptor<?, R> method, byte[] bytes) {
    MethodDescriptor.Marshaller<byte[]> raw =
        new MethodDescriptor.Marshaller<>() {
          @Override
          public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
          }

          @Override
          public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException();
          }
        };
    MethodDescriptor<byte[], R> wire =
        method.toBuilder(raw, method.getResponseMarshaller()).build();
    R unused =
        ClientCalls.blockingServerStreamingCall(
                GrpcTestChannel.channel(), wire, CallOptions.DEFAULT, bytes)
            .next();
  }

  @Test
  void thousands_of_bad_fields_still_fit_into_the_trailers_of_any_client() {
    List<FieldProblem> problems =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new FieldProblem("lines[" + i + "].sku", "must be known, ".repeat(9)))
            .toList();
    StatusRuntimeException failure = refusal(DomainException.invalid(problems));

    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    List<BadRequest.FieldViolation> told =
        detail(failure, BadRequest.class).getFieldViolationsList();
    assertThat(told.size()).isGreaterThan(10);
    assertThat(told.get(told.size() - 1).getDescription())
        .isEqualTo("and %d more problems of this sort".formatted(10_000 - told.size() + 1));
  }

  @Test
  void a_message_over_the_limit_is_refused_by_name() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                    .listEvents(
                        ListEventsRequest.newBuilder()
                            .setAfterCursor("x".repeat(5_000_000))
                            .build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(detail(failure, ErrorInfo.class).getMetadataMap())
        .containsEntry("limit_bytes", "4194304");
  }

  @Test
  void a_deadline_is_kept_and_the_call_is_no_longer_counted() {
    CountDownLatch release = new CountDownLatch(1);
    trouble.behaviour =
        () -> {
          await().until(() -> release.getCount() == 0);
          return List.of();
        };
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                    .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                    .checkConsistency(CheckConsistencyRequest.getDefaultInstance()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    release.countDown();
    await().until(() -> inFlight.count() == 0);
  }

  @Test
  void a_real_clock_cannot_be_advanced() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                ClockServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                    .advanceClock(
                        AdvanceClockRequest.newBuilder()
                            .setToTime(com.google.protobuf.Timestamp.getDefaultInstance())
                            .build()));
    assertThat(detail(failure, ErrorInfo.class).getReason()).isEqualTo("CLOCK_NOT_SIMULATED");
  }

  @Test
  void an_unknown_page_token_is_a_bad_field() {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () ->
                FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                    .listCheckpoints(
                        ListCheckpointsRequest.newBuilder().setPageToken("made-up").build()));
    assertThat(detail(failure, BadRequest.class).getFieldViolations(0).getField())
        .isEqualTo("page_token");
  }

  @Test
  void health_says_what_readiness_says() {
    HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(GrpcTestChannel.channel());
    for (String service : List.of("", "backorder.common.v1.FeedService")) {
      await()
          .until(
              () ->
                  health
                          .check(HealthCheckRequest.newBuilder().setService(service).build())
                          .getStatus()
                      == ServingStatus.SERVING);
    }
  }

  private static dev.backorder.platform.errors.ServiceName inFlightServiceName() {
    return io.quarkus.arc.Arc.container()
        .instance(dev.backorder.platform.errors.ServiceName.class)
        .get();
  }

  private StatusRuntimeException refusal(RuntimeException thrown) {
    return failureOf(
        () -> {
          throw thrown;
        });
  }

  private StatusRuntimeException failureOf(Supplier<List<Difference>> behaviour) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> check(behaviour));
  }

  private void check(Supplier<List<Difference>> behaviour) {
    trouble.behaviour = behaviour;
    ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.with("authorization", SECRET))
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance());
  }

  private static <M extends Message> M detail(StatusRuntimeException failure, Class<M> type) {
    try {
      for (Any any : StatusProto.fromThrowable(failure).getDetailsList()) {
        if (any.is(type)) {
          return any.unpack(type);
        }
      }
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no " + type.getSimpleName() + " in " + failure);
  }

  /** All that a caller could read: status, message and every trailer. */
  private static String everythingIn(StatusRuntimeException failure) {
    StringBuilder all = new StringBuilder(failure.getStatus().toString());
    Metadata trailers = failure.getTrailers();
    for (String key : trailers.keys()) {
      all.append(key);
      if (!key.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        all.append(trailers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)));
      }
    }
    return all.append(StatusProto.fromThrowable(failure)).toString();
  }
}
