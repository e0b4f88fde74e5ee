package dev.backorder.notification.delivery;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How deliveries are sent and retried. */
@ConfigMapping(prefix = "backorder.delivery")
public interface DeliverySettings {
  /** Deliveries that are claimed at a time. */
  @WithDefault("50")
  int batchSize();

  /** Threads that hand mails over. */
  @WithDefault("8")
  int concurrency();

  /** Without an answer for so long the outcome is unknown. */
  @WithDefault("20s")
  Duration answerTimeout();

  /** A claim that is older belongs to a process that died. */
  @WithDefault("5m")
  Duration lease();

  /** After so many failed attempts a person decides. */
  @WithDefault("15")
  int maxAttempts();

  /** Pause after the first failed attempt; it doubles with each. */
  @WithDefault("5s")
  Duration firstRetry();

  /** The longest pause. */
  @WithDefault("1h")
  Duration longestRetry();
}
