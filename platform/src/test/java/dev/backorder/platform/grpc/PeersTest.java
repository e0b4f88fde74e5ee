package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.GetClockResponse;
import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.testing.FakePeer;
import dev.backorder.platform.testing.PostgresResource;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PeersTest {
  @Inject ServiceName self;
  @Inject GrpcLimits limits;

  private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile String caller = "";
  private volatile String correlationId = "";

  @Test
  void calls_are_spread_over_the_replicas_and_survive_the_death_of_one() {
    try (FakePeer first = peer(1)) {
      FakePeer second = peer(2);
      ManagedChannel channel =
          channel("list:///127.0.0.1:" + first.port() + ",127.0.0.1:" + second.port());
      // Connections come up one after the other: call until both have answered.
      for (int i = 0; i < 1_000 && answered.size() < 2; i++) {
        call(channel);
      }
      assertThat(answered).containsExactlyInAnyOrder(1, 2);

      second.close();
      for (int i = 0; i < 50; i++) {
        assertThat(call(channel).getSimulated()).isTrue();
      }
      channel.shutdownNow();
    }
  }

  @Test
  void an_unavailable_peer_is_asked_again() {
    try (FakePeer peer = peer(1)) {
      ManagedChannel channel = channel(peer.target());
      failures.set(2);
      assertThat(call(channel).getSimulated()).isTrue();
      channel.shutdownNow();
    }
  }

  @Test
  void our_name_and_the_correlation_id_travel_along() {
    try (FakePeer peer = peer(1)) {
      ManagedChannel channel = channel(peer.target());
      Calls.with("someone", "chain-7", "", () -> call(channel));
      assertThat(caller).isEqualTo("test-service");
      assertThat(correlationId).isEqualTo("chain-7");
      channel.shutdownNow();
    }
  }

  @Test
  void a_peer_that_does_not_answer_costs_two_seconds() {
    try (FakePeer peer =
        FakePeer.start(
            new ClockServiceGrpc.ClockServiceImplBase() {
              @Override
              public void getClock(
                  GetClockRequest request, StreamObserver<GetClockResponse> observer) {}
            })) {
      ManagedChannel channel = channel(peer.target());
      StatusRuntimeException failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> call(channel));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      channel.shutdownNow();
    }
  }

  @Test
  void a_peer_without_a_target_is_named() {
    Peers none = new Peers(Map::of, self, limits);
    assertThatThrownBy(() -> none.channel("supplier"))
        .hasMessageContaining("backorder.peers.supplier");
  }

  private FakePeer peer(int number) {
    ServerInterceptor headers =
        new ServerInterceptor() {
          @Override
          public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
              ServerCall<ReqT, RespT> call,
              Metadata metadata,
              ServerCallHandler<ReqT, RespT> next) {
            caller = metadata.get(Calls.CALLER_HEADER);
            correlationId = metadata.get(Calls.CORRELATION_HEADER);
            return next.startCall(call, metadata);
          }
        };
    var service =
        new ClockServiceGrpc.ClockServiceImplBase() {
          @Override
          public void getClock(GetClockRequest request, StreamObserver<GetClockResponse> observer) {
            if (failures.getAndDecrement() > 0) {
              observer.onError(Status.UNAVAILABLE.asException());
              return;
            }
            answered.add(number);
            observer.onNext(GetClockResponse.newBuilder().setSimulated(true).build());
            observer.onCompleted();
          }
        };
    var intercepted = ServerInterceptors.intercept(service, headers);
    return FakePeer.start(() -> intercepted);
  }

  private ManagedChannel channel(String target) {
    return new Peers(() -> Map.of("clock", target), self, limits).channel("clock");
  }

  private static GetClockResponse call(ManagedChannel channel) {
    return ClockServiceGrpc.newBlockingStub(channel).getClock(GetClockRequest.getDefaultInstance());
  }
}
