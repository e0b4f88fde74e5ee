package dev.backorder.platform.feed;

import dev.backorder.platform.background.Background;
import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** No committed fact of ours waits for its position, and none of others is set aside. */
@ApplicationScoped
class NoEventIsStuck implements ConsistencyCheck {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Sql sql;
  private final Clock clock;
  private final Background background;

  NoEventIsStuck(Sql sql, Clock clock, Background background) {
    this.sql = sql;
    this.clock = clock;
    this.background = background;
  }

  @Override
  public String name() {
    return "no_event_is_stuck";
  }

  @Override
  public String description() {
    return "Every committed event has its place in the feed, and no event of another service is set aside.";
  }

  @Override
  public List<Difference> run(int limit) {
    List<Difference> differences = new ArrayList<>();
    if (background.isOn()) {
      differences.addAll(
          sql.list(
              r -> new Difference(name(), r.getString(1), "numbered", "pending"),
              "select e.event_id from event_pending p join event e on e.sequence_number = p.sequence_number"
                  + " where e.recorded_time < ? order by p.sequence_number limit ?",
              clock.instant().minus(LONG),
              limit));
    }
    differences.addAll(
        sql.list(
            r ->
                new Difference(
                    name(),
                    r.getString("consumer") + " " + r.getString("event_id"),
                    "handled",
                    "set aside"),
            "select consumer, event_id from parked_event order by place limit ?",
            limit));
    return differences;
  }
}
