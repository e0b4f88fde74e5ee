package dev.backorder.platform.clock;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.FollowBound;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.GetClockResponse;
import dev.backorder.platform.background.Background;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.feed.FeedConsumers;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.work.DueWorkRunner;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Tells the time, and moves it when it is simulated. */
@GrpcService
@Blocking
public class ClockGrpcService implements ClockServiceGrpc.AsyncService, BindableService {
  private final Clock clock;
  private final Background background;
  private final TimeTravel travel;
  private final DueWorkRunner works;
  private final FeedConsumers consumers;

  ClockGrpcService(
      Clock clock,
      Background background,
      TimeTravel travel,
      DueWorkRunner works,
      FeedConsumers consumers) {
    this.clock = clock;
    this.background = background;
    this.travel = travel;
    this.works = works;
    this.consumers = consumers;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ClockServiceGrpc.bindService(this));
  }

  @Override
  public void getClock(GetClockRequest request, StreamObserver<GetClockResponse> observer) {
    Replies.unary(
        observer,
        () -> {
          GetClockResponse.Builder response =
              GetClockResponse.newBuilder()
                  .setTime(timestamp(clock.instant()))
                  .setSimulated(background.isSimulated());
          works.nextDue().ifPresent(due -> response.setNextDueTime(timestamp(due)));
          return response.build();
        });
  }

  @Override
  public void advanceClock(
      AdvanceClockRequest request, StreamObserver<AdvanceClockResponse> observer) {
    Replies.unary(
        observer,
        () -> {
          TimeTravel.Done done = travel.advanceTo(instant(request.getToTime()), bounds(request));
          AdvanceClockResponse.Builder response =
              AdvanceClockResponse.newBuilder()
                  .setTime(timestamp(done.time()))
                  .setEventCount(done.events())
                  .setFeedPosition(done.position())
                  .addAllFollowedServices(consumers.producers())
                  .setWorkCount(done.works());
          done.nextDue().ifPresent(due -> response.setNextDueTime(timestamp(due)));
          return response.build();
        });
  }

  private static Map<String, Long> bounds(AdvanceClockRequest request) {
    FieldProblems problems = new FieldProblems();
    Map<String, Long> bounds = new HashMap<>();
    for (int i = 0; i < request.getFollowBoundsCount(); i++) {
      FollowBound bound = request.getFollowBounds(i);
      problems.check(
          bounds.put(bound.getService(), bound.getFeedPosition()) == null,
          "follow_bounds[%d].service".formatted(i),
          "must be there only once");
    }
    problems.throwIfAny();
    return bounds;
  }

  private static Instant instant(Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw DomainException.invalid("to_time", "is not a valid time");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
