package dev.backorder.notification.delivery;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;

/** What must hold in the delivery log at any time. */
@ApplicationScoped
class DeliveryChecks {
  private final Sql sql;
  private final Clock clock;
  private final DeliverySettings settings;

  DeliveryChecks(Sql sql, Clock clock, DeliverySettings settings) {
    this.sql = sql;
    this.clock = clock;
    this.settings = settings;
  }

  @Produces
  @Singleton
  ConsistencyCheck oneMessagePerFact() {
    return check(
        "one_message_per_fact",
        "Every fact has one delivery per customer and channel.",
        limit ->
            sql.list(
                DeliveryChecks::difference,
                """
                select fact_id || ' ' || customer_id || ' ' || channel as subject,
                  '1 delivery' as expected, count(*) || ' deliveries' as actual
                from delivery group by fact_id, customer_id, channel having count(*) > 1
                order by 1 limit ?""",
                limit));
  }

  @Produces
  @Singleton
  ConsistencyCheck noneIsStuckInSending() {
    return check(
        "no_delivery_stuck_in_sending",
        "No delivery is in sending for longer than its lease and a second one.",
        limit -> {
          Instant dead = clock.instant().minus(settings.lease());
          return sql.list(
              DeliveryChecks::difference,
              """
              select delivery_id::text as subject, 'sent or tried again' as expected,
                'in sending, its lease ended ' || next_attempt_time as actual
              from delivery where state = 'SENDING' and next_attempt_time < ?
              order by sequence limit ?""",
              dead,
              limit);
        });
  }

  @Produces
  @Singleton
  ConsistencyCheck acceptedOnesAreProved() {
    return check(
        "accepted_deliveries_are_proved",
        "Every accepted delivery has the hash of its content, its template and its time.",
        limit ->
            sql.list(
                DeliveryChecks::difference,
                """
                select delivery_id::text as subject, 'hash, template, time and attempt' as expected,
                  concat_ws(' ', 'hash', content_sha256, 'template', template, 'time', accepted_time,
                    'attempts', attempt_count) as actual
                from delivery
                where state = 'ACCEPTED' and (length(content_sha256) <> 64 or template = ''
                  or accepted_time is null or attempt_count < 1)
                order by sequence limit ?""",
                limit));
  }

  @Produces
  @Singleton
  ConsistencyCheck settledOnesArePublished() {
    return check(
        "settled_deliveries_are_published",
        "The last fact of every settled delivery is on the feed.",
        limit ->
            sql.list(
                DeliveryChecks::difference,
                """
                select d.delivery_id::text as subject, 'version ' || d.version as expected,
                  'not on the feed' as actual
                from delivery d
                where d.state in ('ACCEPTED', 'BOUNCED', 'PARKED', 'SUPERSEDED') and not exists (
                  select 1 from event e where e.key = d.delivery_id::text and e.key_version = d.version)
                order by d.sequence limit ?""",
                limit));
  }

  /** Reads what a check has selected; the check adds its name. */
  private static Difference difference(ResultSet row) throws SQLException {
    return new Difference(
        "", row.getString("subject"), row.getString("expected"), row.getString("actual"));
  }

  private static ConsistencyCheck check(
      String name, String description, IntFunction<List<Difference>> differences) {
    return new ConsistencyCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String description() {
        return description;
      }

      @Override
      public List<Difference> run(int limit) {
        return differences.apply(limit).stream()
            .map(d -> new Difference(name, d.subject(), d.expected(), d.actual()))
            .toList();
      }
    };
  }
}
