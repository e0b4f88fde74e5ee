package dev.backorder.platform.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code backorder.feed.*}: how events are numbered, told, followed and forgotten. */
@ConfigMapping(prefix = "backorder.feed")
public interface FeedConfig {
  /** The sequencer of a replica that died is replaced after this long. */
  @WithDefault("2s")
  Duration sequencerLease();

  /** A consumer of a replica that died is replaced after this long. */
  @WithDefault("5s")
  Duration consumerLease();

  /** Events read together, and handled in one transaction, at most. */
  @WithDefault("500")
  int batch();

  /** A silent stream gets an empty message this often. */
  @WithDefault("10s")
  Duration heartbeat();

  /**
   * Events older than this are deleted when every consumer is past them and a newer one of their
   * key exists.
   */
  @WithDefault("30d")
  Duration retention();

  /** Events older than this no longer wait for consumers. */
  @WithDefault("90d")
  Duration longestRetention();

  /**
   * First pause before an event that was set aside is tried again; it doubles up to ten minutes.
   */
  @WithDefault("1s")
  Duration firstRetry();
}
