package dev.backorder.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.FollowBound;
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
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The services are stood in for by clocks that report a scripted amount of work and then none. */
class SimulatedTimeTest {

  private static final Instant START = Instant.parse("2010-12-01T00:00:00Z");

  private final List<ServiceKind> visits = Collections.synchronizedList(new ArrayList<>());
  private final Map<ServiceKind, Queue<Visit>> work = new EnumMap<>(ServiceKind.class);
  private final Set<ServiceKind> present = ConcurrentHashMap.newKeySet();
  private final Set<String> clashes = ConcurrentHashMap.newKeySet();
  private final Map<ServiceKind, CyclicBarrier> meetings = new ConcurrentHashMap<>();
  private final List<Server> servers = new ArrayList<>();
  private final Map<ServiceKind, CountDownLatch> holds = new ConcurrentHashMap<>();
  private final List<Map<String, Long>> bounds = new CopyOnWriteArrayList<>();
  private Cluster cluster;
  private SimulatedTime time;

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
    time.close();
    cluster.close();
    servers.forEach(Server::shutdownNow);
  }

  @Test
  void a_quiet_system_is_visited_once_in_the_fixed_order() {
    time = new SimulatedTime(cluster, START);
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
    time = new SimulatedTime(cluster, START);
    time.settle(START);
    visits.clear();
    work.get(ServiceKind.SUPPLIER).add(new Visit(0, 2));

    time.settle(START.plusSeconds(60));
    time.finish();

    // Inventory had been asked before supplier published; it publishes nothing itself, so nobody
    // else need be asked.
    assertThat(visits.get(0)).isEqualTo(ServiceKind.INVENTORY);
    assertThat(visits)
        .containsExactlyInAnyOrder(
            ServiceKind.INVENTORY,
            ServiceKind.SUPPLIER,
            ServiceKind.ORDER,
            ServiceKind.INVENTORY,
            // Nobody follows it: it catches up, and is asked at the end whether it has.
            ServiceKind.NOTIFICATION,
            ServiceKind.NOTIFICATION);
  }

  @Test
  void who_is_followed_by_nobody_lags_and_hears_no_more_than_the_others_had_to_say() {
    time = new SimulatedTime(cluster, START);
    time.settle(START);
    CountDownLatch goOn = new CountDownLatch(1);
    holds.put(ServiceKind.NOTIFICATION, goOn);
    work.get(ServiceKind.ORDER).addAll(List.of(new Visit(0, 2), new Visit(0, 5)));

    time.settle(START.plusSeconds(60));
    assertThat(time.now()).as("nobody waits for it").isEqualTo(START.plusSeconds(60));
    goOn.countDown();
    time.settle(START.plusSeconds(120));
    time.finish();

    assertThat(bounds)
        .extracting(bound -> bound.get("order"))
        .as("what order had published when the others were at rest")
        .containsExactly(2L, 7L);
  }

  @Test
  void a_service_that_timers_of_another_may_have_called_is_visited_again() {
    work.get(ServiceKind.ORDER).add(new Visit(3, 0));
    work.get(ServiceKind.INVENTORY).addAll(List.of(new Visit(0, 0), new Visit(0, 1)));
    time = new SimulatedTime(cluster, START);

    time.settle(START.plusSeconds(60));

    // Inventory published what order's timer had called it for: its followers hear of it, and the
    // last in the line is asked when those before it are done.
    assertThat(visits.subList(0, 4))
        .containsExactly(
            ServiceKind.INVENTORY, ServiceKind.SUPPLIER, ServiceKind.ORDER, ServiceKind.INVENTORY);
    assertThat(visits.subList(4, 6))
        .containsExactlyInAnyOrder(ServiceKind.SUPPLIER, ServiceKind.ORDER);
    assertThat(visits.subList(6, visits.size())).containsExactly(ServiceKind.NOTIFICATION);
  }

  @Test
  void services_that_have_nothing_to_do_with_each_other_are_visited_side_by_side() {
    time = new SimulatedTime(cluster, START);
    time.settle(START);
    // Each answers only when the other has been asked too.
    CyclicBarrier both = new CyclicBarrier(2);
    meetings.put(ServiceKind.SUPPLIER, both);
    meetings.put(ServiceKind.ORDER, both);
    time.settle(START.plusSeconds(60));
    assertThat(both.isBroken()).isFalse();
    assertThat(time.now()).isEqualTo(START.plusSeconds(60));
  }

  @Test
  void a_service_is_never_visited_while_one_that_it_follows_is() {
    time = new SimulatedTime(cluster, START);
    for (int minute = 0; minute < 50; minute++) {
      work.get(ServiceKind.SUPPLIER).addAll(List.of(new Visit(0, 1), new Visit(0, 0)));
      work.get(ServiceKind.INVENTORY).addAll(List.of(new Visit(0, 1), new Visit(0, 1)));
      work.get(ServiceKind.ORDER).addAll(List.of(new Visit(1, 1), new Visit(0, 1)));
      time.settle(START.plusSeconds(60L * minute));
    }
    assertThat(clashes).isEmpty();
    assertThat(visits).hasSizeGreaterThan(50 * 6);
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

    private void meet() {
      CyclicBarrier meeting = meetings.remove(kind);
      if (meeting != null) {
        try {
          meeting.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
          throw new IllegalStateException("the other was not asked", e);
        }
      }
    }

    @Override
    public void advanceClock(
        AdvanceClockRequest request, StreamObserver<AdvanceClockResponse> observer) {
      visits.add(kind);
      if (request.getFollowBoundsCount() > 0) {
        bounds.add(
            request.getFollowBoundsList().stream()
                .collect(Collectors.toMap(FollowBound::getService, FollowBound::getFeedPosition)));
        hold();
        observer.onNext(answer(request, new Visit(0, 0)));
        observer.onCompleted();
        return;
      }
      present.forEach(
          other -> {
            if (FOLLOWED.get(kind).equals(other.shortName())
                || FOLLOWED.get(other).equals(kind.shortName())) {
              clashes.add(kind + " during " + other);
            }
          });
      present.add(kind);
      meet();
      Visit visit = Optional.ofNullable(work.get(kind).poll()).orElse(new Visit(0, 0));
      position += visit.facts();
      present.remove(kind);
      observer.onNext(answer(request, visit));
      observer.onCompleted();
    }

    private AdvanceClockResponse answer(AdvanceClockRequest request, Visit visit) {
      Instant to = Dates.instant(request.getToTime());
      return AdvanceClockResponse.newBuilder()
          .setTime(request.getToTime())
          .setWorkCount(visit.timers())
          .setFeedPosition(position)
          .addFollowedServices(FOLLOWED.get(kind))
          .setNextDueTime(Dates.timestamp(to.plusSeconds(kind.number())))
          .build();
    }

    private void hold() {
      try {
        CountDownLatch latch = holds.remove(kind);
        if (latch != null && !latch.await(5, TimeUnit.SECONDS)) {
          throw new IllegalStateException("somebody waited for " + kind);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
