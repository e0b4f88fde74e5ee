package dev.backorder.supplier.wire;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/** Moments on the wire. */
public final class Times {
  private Times() {}

  /** A moment as the wire has it. */
  public static Timestamp toWire(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
