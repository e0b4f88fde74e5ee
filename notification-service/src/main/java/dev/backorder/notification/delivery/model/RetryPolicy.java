package dev.backorder.notification.delivery.model;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * When a failed attempt is repeated: the pause doubles from the first to the longest, and each
 * delivery takes its own part of it, between half and all, so that a provider that comes back is
 * not stormed. The part is derived from the delivery and the attempt: the same history always gives
 * the same times.
 */
public record RetryPolicy(int maxAttempts, Duration firstRetry, Duration longestRetry) {
  private static final int LONGEST_SHIFT = 40;
  private static final int STEPS = 1 << 10;

  /** Whether a person must decide now. */
  public boolean isExhausted(int attempts) {
    return attempts >= maxAttempts;
  }

  /** When the next attempt is due after {@code attempts} failed ones. */
  public Instant next(UUID deliveryId, int attempts, Instant now) {
    return now.plus(pause(deliveryId, attempts));
  }

  private Duration pause(UUID deliveryId, int attempts) {
    int shift = Math.min(Math.max(attempts - 1, 0), LONGEST_SHIFT);
    long longest = longestRetry.toMillis();
    long full = Math.min(longest, multiplied(firstRetry.toMillis(), 1L << shift, longest));
    long step = Math.floorMod(mix(deliveryId.getLeastSignificantBits() + attempts), (long) STEPS);
    return Duration.ofMillis(full / 2 + full * step / (2 * STEPS));
  }

  private static long multiplied(long value, long factor, long most) {
    return value > most / factor ? most : value * factor;
  }

  /** Spreads neighbouring numbers (the finalizer of MurmurHash3, public domain). */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
