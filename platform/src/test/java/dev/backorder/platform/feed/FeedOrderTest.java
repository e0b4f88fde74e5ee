package dev.backorder.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.background.Background;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FeedOrderTest {
  @Inject EventLog log;
  @Inject Sequencer sequencer;
  @Inject FeedReader reader;
  @Inject TransactionManager transactionManager;
  @Inject Transactions transactions;
  @Inject Sql sql;
  @Inject Background background;
  @Inject FeedConfig config;

  private Cursor start;

  @BeforeEach
  void end_of_the_feed() {
    sequencer.numberAll();
    start = reader.head();
  }

  @Test
  void an_event_that_took_its_number_first_and_commits_last_is_not_skipped() throws Exception {
    transactionManager.begin();
    log.append("early", 1, StringValue.of("early"));
    Transaction early = transactionManager.suspend();

    transactions.runInNew(() -> log.append("late", 1, StringValue.of("late")));
    assertThat(sequencer.numberAll()).isEqualTo(1);
    List<Event> first = reader.after(start, 100);
    assertThat(first).extracting(Event::getKey).containsExactly("late");
    Cursor seen = Cursor.decode("cursor", first.get(0).getCursor());

    transactionManager.resume(early);
    transactionManager.commit();
    assertThat(sequencer.numberAll()).isEqualTo(1);

    assertThat(reader.after(seen, 100)).extracting(Event::getKey).containsExactly("early");
    assertThat(reader.after(start, 100)).extracting(Event::getKey).containsExactly("late", "early");
  }

  @Test
  void an_event_that_is_rolled_back_leaves_no_gap() throws Exception {
    transactionManager.begin();
    log.append("never", 1, StringValue.of("never"));
    transactionManager.rollback();
    transactions.runInNew(() -> log.append("ever", 1, StringValue.of("ever")));
    sequencer.numberAll();

    assertThat(reader.after(start, 100)).extracting(Event::getKey).containsExactly("ever");
    assertThat(reader.head().position()).isEqualTo(start.position() + 1);
  }

  @Test
  void a_batch_keeps_its_order_and_carries_what_was_given() {
    List<EventDraft> drafts = new ArrayList<>();
    LongStream.rangeClosed(1, 250)
        .forEach(i -> drafts.add(EventDraft.of("batch", i, StringValue.of("state " + i))));
    var ids = transactions.inNew(() -> log.appendAll(drafts));
    sequencer.numberAll();

    List<Event> events = reader.after(start, 1000);
    assertThat(events).hasSize(250);
    assertThat(events)
        .extracting(Event::getEventId)
        .isEqualTo(ids.stream().map(Object::toString).toList());
    assertThat(events).extracting(Event::getKeyVersion).isSorted();
    FeedEvent last = log.find(ids.get(249)).orElseThrow();
    assertThat(last.payload(StringValue.parser()).getValue()).isEqualTo("state 250");
    assertThat(last.correlationId()).isEqualTo(ids.get(249).toString());
    assertThat(last.envelope()).isEqualTo(events.get(249));
  }

  @Test
  void a_page_is_limited_in_bytes_but_never_empty() {
    String large = "x".repeat(700_000);
    transactions.runInNew(
        () -> {
          for (int i = 1; i <= 3; i++) {
            log.append("large", i, StringValue.of(large));
          }
        });
    sequencer.numberAll();

    assertThat(reader.after(start, 100)).hasSize(2);
  }

  @Test
  void the_lease_passes_to_another_replica_when_its_holder_dies() {
    Sequencer first = new Sequencer(sql, transactions, background, config);
    Sequencer second = new Sequencer(sql, transactions, background, config);
    append("lease", 1);
    await().untilAsserted(() -> assertThat(first.numberLeased()).isEqualTo(1));

    append("lease", 2);
    assertThat(second.numberLeased()).as("the lease is taken").isZero();
    // The first replica says nothing any more.
    await().untilAsserted(() -> assertThat(second.numberLeased()).isEqualTo(1));

    append("lease", 3);
    assertThat(first.numberLeased()).as("the first has lost it").isZero();
    assertThat(second.numberLeased()).isEqualTo(1);
  }

  @Test
  void many_writers_and_several_sequencers_lose_nothing_and_keep_the_order_of_each_key() {
    int writers = 8;
    int perWriter = 40;
    int keys = 5;
    sql.update(
        "create table if not exists key_state (key text primary key, version bigint not null)");
    sql.update("delete from key_state");
    for (int k = 0; k < keys; k++) {
      sql.update("insert into key_state values (?, 0)", "k" + k);
    }
    Stampede.run(
        writers + 3,
        i ->
            () -> {
              if (i >= writers) {
                Sequencer each = new Sequencer(sql, transactions, background, config);
                await()
                    .until(
                        () -> {
                          each.numberLeased();
                          each.numberAll();
                          return reader.head().position()
                              == start.position() + (long) writers * perWriter;
                        });
                return true;
              }
              for (int n = 0; n < perWriter; n++) {
                String key = "k" + (i + n) % keys;
                transactions.runInNew(
                    () -> {
                      // The row of the key is locked before the fact is recorded: this is the rule
                      // of EventLog.
                      long version =
                          sql.number(
                              "update key_state set version = version + 1 where key = ? returning version",
                              key);
                      log.append(key, version, StringValue.of(key));
                    });
              }
              return true;
            });

    Map<String, Long> versions = new HashMap<>();
    List<Event> events = reader.after(start, 1000);
    assertThat(events).hasSize(writers * perWriter);
    for (Event event : events) {
      assertThat(event.getKeyVersion()).isEqualTo(versions.getOrDefault(event.getKey(), 0L) + 1);
      versions.put(event.getKey(), event.getKeyVersion());
    }
    assertThat(events)
        .extracting(e -> Cursor.decode("cursor", e.getCursor()).position())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(start.position() + 1, start.position() + events.size())
                .boxed()
                .toList());
    assertThat(sql.number("select count(*) from event_pending")).isZero();
  }

  private void append(String key, long version) {
    transactions.runInNew(() -> log.append(key, version, StringValue.of(key)));
  }
}
