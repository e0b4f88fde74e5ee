package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.GetClockResponse;
import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.testing.FakePeer;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class InFlightTest {
  @Inject ServiceName self;
  @Inject GrpcLimits limits;

  @Test
  void shutdown_waits_for_calls_in_flight_and_sends_new_ones_elsewhere() throws Exception {
    InFlight inFlight = new InFlight(new ErrorStatuses(self), limits, new SimpleMeterRegistry());
    inFlight.open(new StartupEvent());
    AtomicReference<StreamObserver<GetClockResponse>> pending = new AtomicReference<>();
    var service =
        ServerInterceptors.intercept(
            new ClockServiceGrpc.ClockServiceImplBase() {
              @Override
              public void getClock(
                  GetClockRequest request, StreamObserver<GetClockResponse> observer) {
                pending.set(observer);
              }
            },
            inFlight);
    try (FakePeer server = FakePeer.start(() -> service)) {
      var clock = ClockServiceGrpc.newFutureStub(GrpcTestChannel.channel(server.port()));
      var slow = clock.getClock(GetClockRequest.getDefaultInstance());
      await().until(() -> pending.get() != null);
      assertThat(inFlight.count()).isEqualTo(1);

      CompletableFuture<Void> shutdown =
          CompletableFuture.runAsync(() -> inFlight.drain(new ShutdownEvent()));
      await().until(inFlight::isDraining);
      StatusRuntimeException refused =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClockServiceGrpc.newBlockingStub(GrpcTestChannel.channel(server.port()))
                      .getClock(GetClockRequest.getDefaultInstance()));
      assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(shutdown).isNotDone();

      pending.get().onNext(GetClockResponse.getDefaultInstance());
      pending.get().onCompleted();
      shutdown.get(5, TimeUnit.SECONDS);
      assertThat(slow.get(5, TimeUnit.SECONDS)).isNotNull();
    }
  }
}
