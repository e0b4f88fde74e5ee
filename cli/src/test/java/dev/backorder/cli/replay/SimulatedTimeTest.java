package dev.backorder.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services are stood in for by clocks that report a scripted amount of work and then none. */
class SimulatedTimeTest {

  private static final Instant START = Instant.parse("2010-12-01T00:00:00Z");

  private final List<ServiceKind> visits = Collections.synchronizedList(new ArrayList<>());
  private final Map<ServiceKind, Queue<Visit>> work = new EnumMap<>(ServiceKind.class);
  private final List<Server> servers = new ArrayList<>();
  private Cluster cluster;

  @BeforeEach
  void start() throws IOException {
    Ports ports = Ports.findFree(1);
    for (ServiceKind kind : ServiceKind.values()) {
      work.put(kind, new ArrayDeque<>());
      servers.add(
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.grpc(kind, 1)))
              .addService(new ScriptedClock(kind))
              .build()
              .start());
    }
    cluster = new Cluster("127.0.0.1", ports, 1, Duration.ofSeconds(5), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    cluster.close();
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void a_quiet_system_is_visited_once_in_the_fixed_order() {
    SimulatedTime time = new SimulatedTime(cluster, START);
    time.settle(START.plusSeconds(3600));

    assertThat(visits)
        .containsExactly(
            ServiceKind.INVENTORY,
            ServiceKind.SUPPLIER,
            ServiceKind.ORDER,
            ServiceKind.NOTIFICATION);
    assertThat(time.now()).isEqualTo(START.plusSeconds(3600));
    assertThat(time.nextDue()).contains(START.plusSeconds(3600 + ServiceKind.INVENTORY.number()));
  }

  @Test
  void who_follows_a_service_that_has_published_something_is_visited_again() {
    SimulatedTime time = new SimulatedTime(cluster, START);
    time.settle(START);
    visits.clear();
    work.get(ServiceKind.SUPPLIER).add(new Visit(0, 2));

    time.settle(START.plusSeconds(60));

    // Inventory had been asked before supplier published; it publishes nothing itself, so nobody
    // else need be asked.
    assertThat(visits)
        .containsExactly(
            ServiceKind.INVENTORY,
            ServiceKind.SUPPLIER,
            ServiceKind.ORDER,
            ServiceKind.NOTIFICATION,
            ServiceKind.INVENTORY);
  }

  @Test
  void a_service_that_timers_of_another_may_have_called_is_visited_again() {
    work.get(ServiceKind.ORDER).add(new Visit(3, 0));
    work.get(ServiceKind.INVENTORY).addAll(List.of(new Visit(0, 0), new Visit(0, 1)));
    SimulatedTime time = new SimulatedTime(cluster, START);

    time.settle(START.plusSeconds(60));

    // Inventory published what order's timer had called it for: its followers hear of it.
    assertThat(visits)
        .containsExactly(
            ServiceKind.INVENTORY,
            ServiceKind.SUPPLIER,
            ServiceKind.ORDER,
            ServiceKind.NOTIFICATION,
            ServiceKind.INVENTORY,
            ServiceKind.SUPPLIER,
            ServiceKind.ORDER);
  }

  /** What a service reports at one visit: timers run, and facts published since the last. */
  private record Visit(int timers, int facts) {}

  private final class ScriptedClock extends ClockServiceGrpc.ClockServiceImplBase {
    private static final Map<ServiceKind, String> FOLLOWED =
        Map.of(
            ServiceKind.INVENTORY, "supplier",
            ServiceKind.SUPPLIER, "inventory",
            ServiceKind.ORDER, "inventory",
            ServiceKind.NOTIFICATION, "order");

    private final ServiceKind kind;
    private long position;

    ScriptedClock(ServiceKind kind) {
      this.kind = kind;
    }

    @Override
    public void advanceClock(
        AdvanceClockRequest request, StreamObserver<AdvanceClockResponse> observer) {
      visits.add(kind);
      Visit visit = Optional.ofNullable(work.get(kind).poll()).orElse(new Visit(0, 0));
      position += visit.facts();
      Instant to = Dates.instant(request.getToTime());
      observer.onNext(
          AdvanceClockResponse.newBuilder()
              .setTime(request.getToTime())
              .setWorkCount(visit.timers())
              .setFeedPosition(position)
              .addFollowedServices(FOLLOWED.get(kind))
              .setNextDueTime(Dates.timestamp(to.plusSeconds(kind.number())))
              .build());
      observer.onCompleted();
    }
  }
}
