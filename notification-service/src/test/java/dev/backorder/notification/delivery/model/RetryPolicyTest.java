package dev.backorder.notification.delivery.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final RetryPolicy POLICY =
      new RetryPolicy(15, Duration.ofSeconds(5), Duration.ofHours(1));

  @Test
  void pauses_double_up_to_the_longest_and_stay_between_half_and_all() {
    long full = 5_000;
    for (int attempts = 1; attempts < 100; attempts++) {
      for (long i = 0; i < 200; i++) {
        Duration pause =
            Duration.between(NOW, POLICY.next(new UUID(7, i * 0x9E3779B97F4A7C15L), attempts, NOW));
        assertThat(pause.toMillis()).isBetween(full / 2, full);
      }
      full = Math.min(full * 2, 3_600_000);
    }
  }

  @Test
  void deliveries_that_fail_together_are_tried_again_apart() {
    Set<Instant> times = new HashSet<>();
    for (long i = 0; i < 1_000; i++) {
      times.add(POLICY.next(new UUID(0, i), 5, NOW));
    }
    assertThat(times).hasSizeGreaterThan(500);
  }

  @Test
  void the_same_history_gives_the_same_times() {
    UUID id = new UUID(1, 2);
    assertThat(POLICY.next(id, 3, NOW)).isEqualTo(POLICY.next(id, 3, NOW));
  }

  @Test
  void a_person_decides_after_the_last_attempt() {
    assertThat(POLICY.isExhausted(14)).isFalse();
    assertThat(POLICY.isExhausted(15)).isTrue();
  }
}
