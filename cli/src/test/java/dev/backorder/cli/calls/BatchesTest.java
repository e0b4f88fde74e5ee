package dev.backorder.cli.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.Status;
import dev.backorder.cli.calls.Batches.Outcome;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchesTest {

  @Test
  void what_passing_trouble_has_stopped_is_asked_again_alone_and_answers_keep_their_places() {
    List<List<Integer>> asked = new ArrayList<>();

    List<String> answers =
        Batches.call(
            List.of(1, 2, 3, 4),
            numbers -> {
              asked.add(numbers);
              boolean first = asked.size() == 1;
              return numbers.stream()
                  .map(n -> outcome(first && n % 2 == 0, Code.UNAVAILABLE, "answer " + n))
                  .toList();
            });

    assertThat(answers).containsExactly("answer 1", "answer 2", "answer 3", "answer 4");
    assertThat(asked).containsExactly(List.of(1, 2, 3, 4), List.of(2, 4));
  }

  @Test
  void a_refusal_is_thrown() {
    assertThatThrownBy(
            () ->
                Batches.call(
                    List.of(1, 2),
                    numbers ->
                        numbers.stream()
                            .map(n -> outcome(n == 2, Code.NOT_FOUND, "answer"))
                            .toList()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("NOT_FOUND");
  }

  private static Outcome<String> outcome(boolean failed, Code code, String answer) {
    return Outcome.of(failed, answer, Status.newBuilder().setCode(code.value()).build());
  }
}
