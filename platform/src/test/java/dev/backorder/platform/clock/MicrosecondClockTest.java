package dev.backorder.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class MicrosecondClockTest {
  private final Clock clock = new MicrosecondClock();

  @Test
  void tells_the_time_in_microseconds() {
    Instant now = clock.instant();
    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
    assertThat(clock.millis()).isCloseTo(System.currentTimeMillis(), within(60_000L));
  }
}
