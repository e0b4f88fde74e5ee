package dev.backorder.platform.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class RequestLogTest {
  @Inject RequestLog log;
  @Inject RequestLogPruning pruning;
  @Inject Transactions transactions;
  @Inject Sql sql;
  @Inject Clock clock;

  private final String id = UUID.randomUUID().toString();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void the_same_request_runs_once_however_many_come_at_once() {
    List<String> answers = Stampede.run(16, () -> ask(id, "question"));

    assertThat(answers).containsOnly("answer 1");
    assertThat(runs).hasValue(1);
    assertThat(sql.number("select count(*) from effect where key = ?", id)).isEqualTo(1);
    assertThat(ask(id, "question")).isEqualTo("answer 1");
  }

  @Test
  void the_same_id_with_other_content_or_another_method_is_refused() {
    ask(id, "question");

    assertThatThrownBy(() -> ask(id, "another question"))
        .isInstanceOfSatisfying(
            DomainException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(DomainException.Kind.PRECONDITION);
              assertThat(e.reason()).isEqualTo("REQUEST_ID_REUSED");
            });
    Message other = com.google.protobuf.BytesValue.getDefaultInstance();
    assertThatThrownBy(
            () ->
                transactions.inNew(
                    () ->
                        log.once(id, other, StringValue.parser(), StringValue::getDefaultInstance)))
        .isInstanceOf(DomainException.class);
    assertThat(runs).hasValue(1);
  }

  @Test
  void each_caller_has_its_own_ids() {
    assertThat(as("one", () -> ask(id, "question"))).isEqualTo("answer 1");
    assertThat(as("two", () -> ask(id, "another"))).isEqualTo("answer 2");
    assertThat(as("one", () -> ask(id, "question"))).isEqualTo("answer 1");
  }

  @Test
  void a_failure_leaves_no_trace() {
    assertThatThrownBy(
            () ->
                transactions.inNew(
                    () ->
                        log.once(
                            id,
                            StringValue.of("question"),
                            StringValue.parser(),
                            () -> {
                              throw new IllegalStateException("no");
                            })))
        .hasMessage("no");

    assertThat(ask(id, "another question")).isEqualTo("answer 1");
  }

  @Test
  void a_request_id_that_is_no_uuid_is_a_bad_field() {
    assertThatThrownBy(() -> ask("abc", "question"))
        .isInstanceOfSatisfying(
            DomainException.class,
            e -> assertThat(e.problems().get(0).field()).isEqualTo("request_id"));
  }

  @Test
  void a_batch_finds_what_was_answered_and_saves_the_rest() {
    RequestDraft first = log.draft(id, StringValue.of("first"));
    RequestDraft second = log.draft(UUID.randomUUID().toString(), StringValue.of("second"));
    transactions.runInNew(() -> log.saveAll(Map.of(first, StringValue.of("one"))));

    Map<RequestKey, StoredResponse> found = log.findAll(List.of(first, second));

    assertThat(found).containsOnlyKeys(first.key());
    StoredResponse stored = found.get(first.key());
    assertThat(stored.replay(first, StringValue.parser()).getValue()).isEqualTo("one");
    RequestDraft reused = log.draft(id, StringValue.of("other"));
    assertThatThrownBy(() -> stored.replay(reused, StringValue.parser()))
        .isInstanceOf(DomainException.class);
  }

  @Test
  void two_lanes_with_the_same_request_answer_it_once() {
    RequestDraft draft = log.draft(id, StringValue.of("question"));
    List<String> answers =
        Stampede.run(
            4,
            () ->
                transactions.inNew(
                    () -> {
                      StoredResponse stored = log.findAll(List.of(draft)).get(draft.key());
                      if (stored != null) {
                        return stored.replay(draft, StringValue.parser()).getValue();
                      }
                      StringValue answer = StringValue.of(UUID.randomUUID().toString());
                      log.saveAll(Map.of(draft, answer));
                      return answer.getValue();
                    }));
    assertThat(answers.stream().distinct()).hasSize(1);
  }

  @Test
  void requests_are_forgotten_after_thirty_days() {
    ask(id, "question");
    pruning.run(clock.instant().plus(Duration.ofDays(29)));
    assertThat(ask(id, "question")).isEqualTo("answer 1");

    pruning.run(clock.instant().plus(Duration.ofDays(30).plusSeconds(60)));
    assertThat(ask(id, "question")).isEqualTo("answer 2");
  }

  private String ask(String requestId, String question) {
    return transactions
        .inNew(
            () ->
                log.once(
                    requestId,
                    StringValue.of(question),
                    StringValue.parser(),
                    () -> {
                      int run = runs.incrementAndGet();
                      sql.update(
                          "insert into effect (key, key_version) values (?, ?)", requestId, run);
                      return StringValue.of("answer " + run);
                    }))
        .getValue();
  }

  private static <T> T as(String caller, Supplier<T> work) {
    return Calls.with(caller, "", "", work);
  }
}
