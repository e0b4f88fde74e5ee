package dev.backorder.order.process;

import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Work that spans two services: a row with its next attempt. Whoever begins a process also tries to
 * finish it at once; the row is for when that fails.
 */
@ApplicationScoped
public class Processes {
  /** Longer than any call waits, so that nobody else begins while the first attempt still runs. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int BATCH = 20;

  private final Sql sql;
  private final Transactions transactions;

  Processes(Sql sql, Transactions transactions) {
    this.sql = sql;
    this.transactions = transactions;
  }

  /** A process that somebody claimed. */
  record Claimed(UUID processId, String kind, UUID orderId, long sequence) {}

  /** When a process that begins now is tried again, if it is not finished by then. */
  public static Instant firstRetry(Instant now) {
    return now.plus(FIRST_PAUSE);
  }

  /** Records that a process begins; inside the transaction that writes its intent. */
  public void begin(String kind, UUID processId, UUID orderId, Instant now) {
    beginAll(kind, Map.of(processId, orderId), now);
  }

  /**
   * The same for many.
   *
   * @param orderIds by process
   */
  public void beginAll(String kind, Map<UUID, UUID> orderIds, Instant now) {
    List<Map.Entry<UUID, UUID>> all = List.copyOf(orderIds.entrySet());
    sql.later(
        """
        INSERT INTO process (process_id, kind, order_id, start_time, next_attempt_time)
        SELECT process_id, ?, order_id, ?, ?
        FROM unnest(?, ?) WITH ORDINALITY AS p(process_id, order_id, place) ORDER BY place""",
        kind,
        now,
        firstRetry(now),
        all.stream().map(Map.Entry::getKey).toArray(UUID[]::new),
        all.stream().map(Map.Entry::getValue).toArray(UUID[]::new));
  }

  /**
   * Records that a process has ended; inside the transaction of its last step. Ending it twice is
   * fine.
   */
  public void end(UUID processId) {
    endAll(List.of(processId));
  }

  /** The same for many. */
  public void endAll(Collection<UUID> processIds) {
    sql.later(
        "DELETE FROM process WHERE process_id = ANY (?)", (Object) processIds.toArray(UUID[]::new));
  }

  /** When the next process is due. */
  Optional<Instant> nextDue() {
    return sql.first(
        r -> Sql.instant(r, "next_attempt_time"),
        "SELECT next_attempt_time FROM process ORDER BY next_attempt_time, process_seq LIMIT 1");
  }

  /**
   * Takes due processes, so that no other replica tries them before the pause is over, which
   * doubles each time.
   */
  List<Claimed> claim(Instant now) {
    return transactions
        .inNew(
            () ->
                sql.list(
                    r ->
                        new Claimed(
                            r.getObject("process_id", UUID.class),
                            r.getString("kind"),
                            r.getObject("order_id", UUID.class),
                            r.getLong("process_seq")),
                    """
                    UPDATE process SET attempt_count = attempt_count + 1,
                        next_attempt_time = ?::timestamptz
                            + least(interval '1 second' * (? * 2.0 ^ least(attempt_count, 20)), interval '1 second' * ?)
                    WHERE process_id IN (
                      SELECT process_id FROM process WHERE next_attempt_time <= ?
                      ORDER BY next_attempt_time, process_seq LIMIT ? FOR UPDATE SKIP LOCKED)
                    RETURNING process_id, kind, order_id, process_seq""",
                    now,
                    FIRST_PAUSE.toSeconds(),
                    LONGEST_PAUSE.toSeconds(),
                    now,
                    BATCH))
        .stream()
        .sorted(Comparator.comparingLong(Claimed::sequence))
        .toList();
  }
}
