package dev.backorder.platform.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.testing.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final CountDownLatch opened = new CountDownLatch(1);

  @Test
  void takes_everything_that_queued_while_it_was_busy_in_arrival_order() throws Exception {
    try (Lane<Integer, Integer> lane = lane(100, 100)) {
      List<CompletableFuture<Integer>> answers = submit(lane, 1, 2, 3, 4, 5);
      opened.countDown();
      for (int i = 0; i < 5; i++) {
        assertThat(answers.get(i).get(5, TimeUnit.SECONDS)).isEqualTo(10 * (i + 1));
      }
    }
    assertThat(batches.stream().flatMap(List::stream)).containsExactly(1, 2, 3, 4, 5);
    assertThat(batches.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void a_batch_has_a_limit_but_an_item_over_it_still_goes() {
    try (Lane<Integer, Integer> lane = lane(100, 10)) {
      List<CompletableFuture<Integer>> answers = submit(lane, 1, 6, 5, 30, 2);
      opened.countDown();
      CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
    }
    assertThat(batches).contains(List.of(30));
    assertThat(batches)
        .allSatisfy(
            b -> assertThat(b.size() == 1 || b.stream().mapToInt(i -> i).sum() <= 10).isTrue());
  }

  @Test
  void a_full_queue_refuses_and_says_when_to_come_back() {
    try (Lane<Integer, Integer> lane = lane(10, 10)) {
      submit(lane, 1);
      while (lane.depth() > 0) {
        Thread.onSpinWait();
      }
      submit(lane, 8);
      assertThatThrownBy(() -> lane.submit(3))
          .isInstanceOfSatisfying(
              DomainException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(DomainException.Kind.EXHAUSTED);
                assertThat(e.retryAfter()).isPresent();
              });
      opened.countDown();
    }
  }

  @Test
  void a_failing_item_fails_alone() {
    SeededRandom.rounds(
        50,
        random -> {
          int bad = random.nextInt(20);
          try (Lane<Integer, Integer> lane =
              new Lane<>(
                  "split",
                  1_000,
                  1_000,
                  i -> 1,
                  items -> {
                    if (items.contains(bad)) {
                      throw new IllegalArgumentException("bad " + bad);
                    }
                    return items;
                  })) {
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
              answers.add(lane.submit(i));
            }
            for (int i = 0; i < 20; i++) {
              CompletableFuture<Integer> answer = answers.get(i);
              if (i == bad) {
                assertThatThrownBy(answer::join).hasRootCauseMessage("bad " + bad);
              } else {
                assertThat(answer.join()).isEqualTo(i);
              }
            }
          }
        });
  }

  @Test
  void closing_answers_what_waits_and_refuses_the_rest() {
    Lane<Integer, Integer> lane = lane(100, 100);
    List<CompletableFuture<Integer>> answers = submit(lane, 1, 2, 3);
    opened.countDown();
    lane.close();

    assertThat(answers).allMatch(CompletableFuture::isDone);
    assertThatThrownBy(() -> lane.submit(4)).isInstanceOf(DomainException.class);
  }

  @Test
  void a_call_gets_the_exception_of_its_own_item() {
    try (Lane<Integer, Integer> lane =
        new Lane<>(
            "refusing",
            10,
            10,
            i -> 1,
            items -> {
              throw DomainException.invalid("quantity", "must be positive");
            })) {
      assertThatThrownBy(() -> lane.call(1)).isInstanceOf(DomainException.class);
    }
  }

  private Lane<Integer, Integer> lane(int capacity, int mostPerBatch) {
    return new Lane<>(
        "test",
        capacity,
        mostPerBatch,
        i -> i,
        items -> {
          await(opened);
          batches.add(items);
          return items.stream().map(i -> i * 10).toList();
        });
  }

  private static List<CompletableFuture<Integer>> submit(
      Lane<Integer, Integer> lane, int... items) {
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int item : items) {
      answers.add(lane.submit(item));
    }
    return answers;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
