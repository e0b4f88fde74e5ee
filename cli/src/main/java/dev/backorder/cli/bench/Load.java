package dev.backorder.cli.bench;

import org.HdrHistogram.Histogram;

/**
 * What a stretch of load measured. Stretches of the same kind add up.
 *
 * @param operations done
 * @param refused operations that were answered, but did not get what they asked for
 * @param errors calls that failed
 * @param seconds that it took
 * @param nanos latencies of the calls
 */
record Load(long operations, long refused, long errors, double seconds, Histogram nanos) {

  static final int DIGITS = 3;

  static Load none() {
    return new Load(0, 0, 0, 0, new Histogram(DIGITS));
  }

  Load plus(Load other) {
    Histogram both = nanos.copy();
    both.add(other.nanos);
    return new Load(
        operations + other.operations,
        refused + other.refused,
        errors + other.errors,
        seconds + other.seconds,
        both);
  }

  double perSecond() {
    return seconds == 0 ? 0 : operations / seconds;
  }

  double millisAt(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
