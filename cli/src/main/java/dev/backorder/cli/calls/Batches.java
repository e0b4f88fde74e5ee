package dev.backorder.cli.calls;

import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Calls that carry many requests, of which each has an outcome and may have to be repeated. */
public final class Batches {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final long PAUSE_MILLIS = 200;

  private Batches() {}

  /**
   * What became of one request.
   *
   * @param response empty when it failed
   * @param failure why
   */
  public record Outcome<R>(Optional<R> response, Status failure) {

    /** Of the two sides of a message's {@code oneof}. */
    public static <R> Outcome<R> of(boolean failed, R response, Status failure) {
      return new Outcome<>(failed ? Optional.empty() : Optional.of(response), failure);
    }
  }

  /**
   * Makes the call, and again for those of its requests that passing trouble has stopped.
   *
   * @param call answers with one outcome for each request it is given
   * @return one answer for each request
   * @throws StatusRuntimeException the first failure that does not pass
   */
  public static <Q, R> List<R> call(List<Q> requests, Function<List<Q>, List<Outcome<R>>> call) {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    List<R> answers = new ArrayList<>();
    requests.forEach(request -> answers.add(null));
    List<Integer> open = IntStream.range(0, requests.size()).boxed().toList();
    while (!open.isEmpty()) {
      List<Outcome<R>> outcomes = call.apply(open.stream().map(requests::get).toList());
      List<Integer> again = new ArrayList<>();
      for (int i = 0; i < outcomes.size(); i++) {
        Outcome<R> outcome = outcomes.get(i);
        if (outcome.response().isPresent()) {
          answers.set(open.get(i), outcome.response().get());
        } else {
          StatusRuntimeException failure = StatusProto.toStatusRuntimeException(outcome.failure());
          if (!Replicas.isWorthRepeating(failure) || System.nanoTime() > giveUp) {
            throw failure;
          }
          again.add(open.get(i));
        }
      }
      if (!again.isEmpty()) {
        Replicas.pause(PAUSE_MILLIS);
      }
      open = again;
    }
    return answers;
  }
}
