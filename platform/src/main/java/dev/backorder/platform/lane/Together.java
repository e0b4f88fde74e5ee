package dev.backorder.platform.lane;

import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.sql.Transactions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Work for many in one transaction, of which one cannot fail the others. */
public final class Together {
  private Together() {}

  /**
   * Runs work for all in one new transaction. When that fails for a reason that does not pass by
   * itself, each has one of its own.
   *
   * @param key tells them apart
   * @param work a verdict for each
   * @return a verdict for each; the failure of the transaction where there was none
   */
  public static <T, K, R> Map<K, Verdict<R>> run(
      Transactions transactions,
      List<T> all,
      Function<T, K> key,
      Function<List<T>, Map<K, Verdict<R>>> work) {
    if (all.isEmpty()) {
      return Map.of();
    }
    Map<K, Verdict<R>> verdicts = new LinkedHashMap<>();
    try {
      return transactions.inNew(() -> work.apply(all));
    } catch (RuntimeException failure) {
      if (all.size() == 1 || Failures.isTransient(failure)) {
        all.forEach(one -> verdicts.put(key.apply(one), new Verdict.Refused<>(failure)));
      } else {
        all.forEach(one -> verdicts.putAll(run(transactions, List.of(one), key, work)));
      }
    }
    return verdicts;
  }
}
