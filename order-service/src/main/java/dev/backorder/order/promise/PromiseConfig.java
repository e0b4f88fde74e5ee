package dev.backorder.order.promise;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** {@code backorder.promise.*}: by which clock a promised day begins and ends. */
@ConfigMapping(prefix = "backorder.promise")
public interface PromiseConfig {
  /** The time zone in which the days of promises are judged. */
  @WithDefault("UTC")
  ZoneId zone();

  /** The day that a moment belongs to. */
  default LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, zone());
  }

  /** The first moment after a day: from then on a promise for that day is broken. */
  default Instant endOf(LocalDate day) {
    return day.plusDays(1).atStartOfDay(zone()).toInstant();
  }
}
