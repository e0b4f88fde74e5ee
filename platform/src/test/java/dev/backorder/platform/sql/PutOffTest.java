package dev.backorder.platform.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.platform.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Statements that are put off run in their order, in their transaction, or not at all. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class PutOffTest {
  @Inject Sql sql;
  @Inject Transactions transactions;

  private final String key = UUID.randomUUID().toString();

  @Test
  void a_read_sees_what_was_put_off_before_it() {
    transactions.runInNew(
        () -> {
          insertLater(1);
          insertLater(2);
          assertThat(versions()).containsExactly(1L, 2L);
          insertLater(3);
          assertThat(sql.update("delete from effect where key = ? and key_version < 3", key))
              .isEqualTo(2);
          assertThat(versions()).containsExactly(3L);
        });
    assertThat(versions()).containsExactly(3L);
  }

  @Test
  void what_fails_fails_where_it_is_sent() {
    AtomicInteger reached = new AtomicInteger();
    assertThatThrownBy(
            () ->
                transactions.runInNew(
                    () -> {
                      insertLater(1);
                      insertLater(1);
                      reached.incrementAndGet();
                      versions();
                      reached.incrementAndGet();
                    }))
        .isInstanceOf(Sql.SqlFailure.class);
    assertThat(reached).hasValue(1);
  }

  @Test
  void what_is_put_off_last_is_sent_before_the_commit() {
    transactions.runInNew(
        () -> {
          insertLater(1);
          insertLater(2);
        });
    assertThat(versions()).containsExactly(1L, 2L);
  }

  @Test
  void a_failure_undoes_all_of_them() {
    assertThatThrownBy(
            () ->
                transactions.runInNew(
                    () -> {
                      insertLater(1);
                      insertLater(1);
                      versions();
                    }))
        .isInstanceOf(Sql.SqlFailure.class);
    assertThatThrownBy(
            () ->
                transactions.runInNew(
                    () -> {
                      insertLater(1);
                      insertLater(1);
                    }))
        .as("before the commit")
        .isInstanceOf(RuntimeException.class);
    assertThat(versions()).isEmpty();
  }

  @Test
  void another_number_of_rows_than_expected_undoes_all_of_them() {
    assertThatThrownBy(
            () ->
                transactions.runInNew(
                    () -> {
                      insertLater(1);
                      sql.later(2, "update effect set key_version = 5 where key = ?", key);
                      versions();
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of 2 rows");
    assertThat(versions()).isEmpty();
    transactions.runInNew(
        () -> {
          insertLater(1);
          sql.later(1, "update effect set key_version = 5 where key = ?", key);
        });
    assertThat(versions()).containsExactly(5L);
  }

  @Test
  void a_deadlock_between_statements_put_off_is_a_lost_race_and_runs_again() {
    transactions.runInNew(
        () -> {
          insertLater(1);
          insertLater(2);
        });
    AtomicInteger runs = new AtomicInteger();
    transactions.runInNew(
        () -> {
          insertLater(10 + runs.incrementAndGet());
          if (runs.get() == 1) {
            sql.later(
                "do $$ begin raise exception using errcode = '40P01', message = 'deadlock'; end $$");
          }
        });
    assertThat(runs).hasValue(2);
    assertThat(versions()).containsExactly(1L, 2L, 12L);
  }

  @Test
  void outside_a_transaction_they_run_at_once() {
    insertLater(7);
    assertThat(versions()).containsExactly(7L);
  }

  private void insertLater(int version) {
    sql.later("insert into effect (key, key_version) values (?, ?)", key, (long) version);
  }

  private List<Long> versions() {
    return sql.list(
        row -> row.getLong(1),
        "select key_version from effect where key = ? order by key_version",
        key);
  }
}
