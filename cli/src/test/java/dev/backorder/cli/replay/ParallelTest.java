package dev.backorder.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {

  @Test
  void results_come_in_the_order_of_submission_whichever_call_was_faster() {
    CountDownLatch secondDone = new CountDownLatch(1);
    List<String> results = new ArrayList<>();
    try (Parallel parallel = new Parallel()) {
      parallel.submit(
          () -> {
            secondDone.await();
            return "first";
          },
          results::add);
      parallel.submit(
          () -> {
            secondDone.countDown();
            return "second";
          },
          results::add);
      parallel.join();
    }

    assertThat(results).containsExactly("first", "second");
  }

  @Test
  void calls_for_one_subject_run_one_after_the_other_in_the_order_of_submission() {
    List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch otherDone = new CountDownLatch(1);
    try (Parallel parallel = new Parallel()) {
      // The first one ends only after a call for something else has: so that one does not wait.
      parallel.submit(
          Set.of("A", "B"),
          () -> {
            otherDone.await();
            return ran.add(0);
          },
          done -> {});
      for (int i = 1; i < 50; i++) {
        int number = i;
        parallel.submit(
            i % 2 == 0 ? Set.of("A") : Set.of("A", "B"), () -> ran.add(number), done -> {});
      }
      parallel.submit(
          Set.of("C"),
          () -> {
            otherDone.countDown();
            return true;
          },
          done -> {});
      parallel.join();
    }

    assertThat(ran).containsExactlyElementsOf(IntStream.range(0, 50).boxed().toList());
  }

  @Test
  void a_failed_call_fails_the_join() {
    try (Parallel parallel = new Parallel()) {
      parallel.submit(
          () -> {
            throw new IllegalStateException("refused");
          },
          result -> {});
      assertThatThrownBy(parallel::join)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("refused");
    }
  }
}
