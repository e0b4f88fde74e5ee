package dev.backorder.platform.feed;

import dev.backorder.platform.background.Background;
import dev.backorder.platform.background.Loop;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives committed events their positions. It sees committed rows only, so a fact that took its
 * identity number first and commits last simply gets a later position: nothing is skipped. Numbers
 * are given under the lock of the head row, so positions appear in order and without gaps, and a
 * holder of an expired lease can do no harm: the lease is checked under the same lock. It only
 * keeps replicas from competing; the write path takes no lock at all.
 */
@ApplicationScoped
public class Sequencer {
  private static final Duration BUSY = Duration.ofMillis(20);
  private static final Duration IDLE = Duration.ofMillis(100);
  private static final int IDLE_AFTER = 25;
  private static final int BATCH = 2_000;

  private final Sql sql;
  private final Transactions transactions;
  private final Background background;
  private final FeedConfig config;
  private final String holder = UUID.randomUUID().toString();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Loop loop;
  private int emptySteps;

  Sequencer(Sql sql, Transactions transactions, Background background, FeedConfig config) {
    this.sql = sql;
    this.transactions = transactions;
    this.background = background;
    this.config = config;
  }

  void start(@Observes @Priority(3_000) StartupEvent event) {
    if (background.isOn()) {
      loop = Loop.start("feed-sequencer", this::step);
    }
  }

  void stop(@Observes @Priority(60) ShutdownEvent event) {
    if (loop != null) {
      loop.close();
      sql.update("update feed_head set lease_until = null where lease_holder = ?", holder);
    }
  }

  /** Says that something was committed. */
  void nudge() {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** Runs {@code listener} after each numbering in this process. */
  void onNumbered(Runnable listener) {
    listeners.add(listener);
  }

  /** Numbers everything that is committed and tells how many facts have been numbered ever. */
  public long position() {
    numberAll();
    return sql.number("select position from feed_head where id = 1");
  }

  /** Numbers everything that is committed, whoever holds the lease. */
  public int numberAll() {
    int all = 0;
    for (int numbered = BATCH; numbered == BATCH; ) {
      numbered = hasPending() ? transactions.inNew(() -> numberUnlessHeld("")) : 0;
      all += numbered;
    }
    return all;
  }

  /**
   * Numbers one batch if the lease is ours or free; returns how many, 0 also when another replica
   * holds it.
   */
  int numberLeased() {
    return hasPending() ? transactions.inNew(() -> numberUnlessHeld(holder)) : 0;
  }

  private Duration step() {
    int numbered = numberLeased();
    if (numbered > 0) {
      emptySteps = 0;
      listeners.forEach(Runnable::run);
      return numbered == BATCH ? Duration.ZERO : BUSY;
    }
    emptySteps++;
    return emptySteps < IDLE_AFTER ? BUSY : IDLE;
  }

  private boolean hasPending() {
    return sql.first(r -> true, "select 1 from event_pending limit 1").isPresent();
  }

  /**
   * An empty {@code lessee} ignores the lease, which is safe: the lock of the head row excludes
   * everyone else.
   */
  private int numberUnlessHeld(String lessee) {
    // A frozen process must not keep the lock for ever.
    sql.update("set local idle_in_transaction_session_timeout = '5s'");
    boolean heldByOther =
        sql.first(
                r -> r.getBoolean(1),
                "select coalesce(lease_until > clock_timestamp() and lease_holder <> ?, false)"
                    + " from feed_head where id = 1 for update",
                lessee)
            .orElseThrow();
    if (!lessee.isEmpty()) {
      if (heldByOther) {
        return 0;
      }
      sql.update(
          """
          update feed_head set lease_term = lease_term + case when lease_holder = ? then 0 else 1 end,
            lease_holder = ?, lease_until = clock_timestamp() + ? * interval '1 millisecond' where id = 1""",
          lessee,
          lessee,
          config.sequencerLease().toMillis());
    }
    return sql.update(
        """
        with taken as (
          delete from event_pending where ctid = any(array(
            select ctid from event_pending order by sequence_number limit ?))
          returning sequence_number),
        counted as (
          update feed_head set position = position + (select count(*) from taken)
          where id = 1 returning position)
        insert into event_position (position, sequence_number)
        select c.position - (select count(*) from taken) + row_number() over (order by t.sequence_number),
          t.sequence_number
        from taken t cross join counted c""",
        BATCH);
  }
}
