package dev.backorder.cli.calls;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often each method was called, and how long its attempts took in all: where a run's time went.
 */
public final class CallTimes {

  private final Map<String, Sum> sums = new ConcurrentHashMap<>();

  private static final class Sum {
    private final LongAdder calls = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Long::max, 0);
  }

  /**
   * One method.
   *
   * @param method the service process and the full name of the method
   * @param calls attempts, failed ones too
   * @param seconds of all attempts; calls that ran side by side count each
   * @param longestSeconds of one attempt
   */
  public record Total(String method, long calls, double seconds, double longestSeconds) {}

  void add(String method, long nanos) {
    Sum sum = sums.computeIfAbsent(method, name -> new Sum());
    sum.calls.increment();
    sum.nanos.add(nanos);
    sum.longest.accumulate(nanos);
  }

  /** Every method called so far, the most costly first. */
  public List<Total> totals() {
    return sums.entrySet().stream()
        .map(
            entry ->
                new Total(
                    entry.getKey(),
                    entry.getValue().calls.sum(),
                    entry.getValue().nanos.sum() / 1e9,
                    entry.getValue().longest.get() / 1e9))
        .sorted(Comparator.comparingDouble(Total::seconds).reversed())
        .toList();
  }
}
