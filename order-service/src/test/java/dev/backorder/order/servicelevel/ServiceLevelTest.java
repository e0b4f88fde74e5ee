package dev.backorder.order.servicelevel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Timestamp;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.GetServiceLevelsRequest;
import dev.backorder.order.v1.ServiceLevelServiceGrpc;
import dev.backorder.order.v1.ServiceLevelServiceGrpc.ServiceLevelServiceBlockingStub;
import dev.backorder.order.v1.ServiceLevels;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.SeededRandom;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ServiceLevelTest extends OrderServiceTest {
  private static final Instant START = Instant.parse("2041-03-01T00:00:00Z");
  private static final Duration PERIOD = Duration.ofDays(90);
  private static final double EXACT = 1e-9;

  private final Sql sql;
  private final Transactions transactions;

  ServiceLevelTest(Sql sql, Transactions transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  @Test
  void every_figure_is_what_counting_unit_by_unit_gives() {
    SeededRandom.rounds(
        12,
        random -> {
          History history = History.random(random, START, PERIOD, random.nextInt(1, 60));
          try {
            transactions.runInNew(() -> history.store(sql));
            Instant from = START.plus(Duration.ofDays(random.nextInt(60)));
            Instant to = from.plus(Duration.ofDays(random.nextInt(60)));

            assertSame(levels(from, to), NaiveFigures.of(history.orders(), from, to));
            assertSame(
                levels(START, START.plus(PERIOD)),
                NaiveFigures.of(history.orders(), START, START.plus(PERIOD)));
          } finally {
            transactions.runInNew(() -> history.delete(sql));
          }
        });
  }

  @Test
  void a_period_without_orders_has_nothing_to_measure() {
    ServiceLevels none = levels(START.plus(PERIOD), START.plus(PERIOD).plusSeconds(1));

    assertThat(none)
        .isEqualTo(
            ServiceLevels.newBuilder()
                .setUnitFillRate(-1)
                .setLineFillRate(-1)
                .setOrderFillRate(-1)
                .setPromiseKeptRate(-1)
                .setMedianWaitDays(-1)
                .setP90WaitDays(-1)
                .build());
  }

  @Test
  void without_times_it_covers_everything() {
    assertThat(stub().getServiceLevels(GetServiceLevelsRequest.getDefaultInstance()).hasAsOfTime())
        .isTrue();
  }

  @Test
  void refuses_times_that_are_none_and_periods_that_run_backwards() {
    Timestamp bad = Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(-1).build();

    assertInvalid(
        GetServiceLevelsRequest.newBuilder().setStartTime(bad).setEndTime(bad).build(),
        "start_time",
        "end_time");
    assertInvalid(request(START, START.minusSeconds(1)), "end_time");
  }

  @Test
  void the_essentials_are_metrics() {
    String metrics = RestAssured.get("/q/metrics").asString();

    assertThat(metrics)
        .contains("backorder_orders{", "backorder_promises{", "backorder_waiting_units");
  }

  private static void assertSame(ServiceLevels actual, ServiceLevels expected) {
    for (FieldDescriptor field : ServiceLevels.getDescriptor().getFields()) {
      if (field.getJavaType() == FieldDescriptor.JavaType.DOUBLE) {
        assertThat((double) actual.getField(field))
            .as(field.getName())
            .isCloseTo((double) expected.getField(field), within(EXACT));
      } else {
        assertThat(actual.getField(field)).as(field.getName()).isEqualTo(expected.getField(field));
      }
    }
  }

  private static void assertInvalid(GetServiceLevelsRequest request, String... fields) {
    StatusRuntimeException refusal =
        Assertions.catchThrowableOfType(
            StatusRuntimeException.class, () -> stub().getServiceLevels(request));
    assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.getStatus().getDescription()).contains(fields);
  }

  private static ServiceLevels levels(Instant from, Instant to) {
    return stub().getServiceLevels(request(from, to)).getServiceLevels();
  }

  private static GetServiceLevelsRequest request(Instant from, Instant to) {
    return GetServiceLevelsRequest.newBuilder()
        .setStartTime(OrderViews.timestamp(from))
        .setEndTime(OrderViews.timestamp(to))
        .build();
  }

  private static ServiceLevelServiceBlockingStub stub() {
    return ServiceLevelServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
  }
}
