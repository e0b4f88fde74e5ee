package dev.backorder.platform.testing;

import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.GetClockRequest;
import io.grpc.Channel;
import java.time.Duration;
import java.time.Instant;

/** Moves the time of an application that runs with {@code backorder.clock.simulated=true}. */
public final class SimulatedTime {
  private final ClockServiceGrpc.ClockServiceBlockingStub clock;

  /** The time of the service behind a channel. */
  public SimulatedTime(Channel channel) {
    this.clock = ClockServiceGrpc.newBlockingStub(channel);
  }

  /** The service's time. */
  public Instant now() {
    Timestamp time = clock.getClock(GetClockRequest.getDefaultInstance()).getTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** Does what is due now. */
  public AdvanceClockResponse settle() {
    return advanceTo(now());
  }

  /** Moves the time forward and does what becomes due. */
  public AdvanceClockResponse advance(Duration by) {
    return advanceTo(now().plus(by));
  }

  /** Moves the time to a moment and does what becomes due. */
  public AdvanceClockResponse advanceTo(Instant time) {
    return clock.advanceClock(
        AdvanceClockRequest.newBuilder()
            .setToTime(
                Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()))
            .build());
  }
}
