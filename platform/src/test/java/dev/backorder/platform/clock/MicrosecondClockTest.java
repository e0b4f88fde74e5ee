package dev.backorder.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class MicrosecondClockTest {
  private final Clock clock = new MicrosecondClock();

  @Test
  void tells_the_time_in_microseconds() {
    assertThat(clock.instant().getNano() % 1_000).isZero();
    assertThat(clock.millis()).isCloseTo(System.currentTimeMillis(), within(60_000L));
  }

  private static org.assertj.core.data.Offset<Long> within(long millis) {
    return org.assertj.core.data.Offset.offset(millis);
  }
}
