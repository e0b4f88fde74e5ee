package dev.backorder.platform.request;

import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.work.DueWork;
import dev.backorder.platform.work.Housekeeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Forgets requests after the 30 days for which replay is guaranteed. */
@ApplicationScoped
public class RequestLogPruning implements DueWork {
  private static final Duration RETENTION = Duration.ofDays(30);
  private static final int BATCH = 5_000;

  private final Sql sql;
  private final Housekeeping timer;

  RequestLogPruning(Sql sql, Housekeeping timer) {
    this.sql = sql;
    this.timer = timer;
  }

  @Override
  public String name() {
    return "request-log-pruning";
  }

  @Override
  public boolean isHousekeeping() {
    return true;
  }

  @Override
  public Optional<Instant> nextDue() {
    return timer.nextDue(name());
  }

  @Override
  public int run(Instant now) {
    int deleted = prune(now);
    if (deleted < BATCH) {
      timer.done(name(), now.plus(Duration.ofDays(1)));
    }
    return deleted;
  }

  private int prune(Instant now) {
    return sql.update(
        """
        delete from request_log where (caller, request_id) in (
          select caller, request_id from request_log where recorded_time < ?
          order by recorded_time limit ? for update skip locked)""",
        now.minus(RETENTION),
        BATCH);
  }
}
