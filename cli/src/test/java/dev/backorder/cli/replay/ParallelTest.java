package dev.backorder.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
