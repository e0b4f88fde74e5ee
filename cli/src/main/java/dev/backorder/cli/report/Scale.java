package dev.backorder.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps values from zero to a round number onto a stretch of pixels. */
final class Scale {

  private static final double[] ROUND_STEPS = {1, 2, 5, 10};

  private final double step;
  private final double top;
  private final double from;
  private final double to;

  /**
   * A scale for values up to {@code greatest}.
   *
   * @param from pixel of zero
   * @param to pixel of the top
   * @param ticks about so many steps
   */
  Scale(double greatest, double from, double to, int ticks) {
    double rough = Math.max(1, greatest) / ticks;
    double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
    double chosen = ROUND_STEPS[ROUND_STEPS.length - 1] * magnitude;
    for (double candidate : ROUND_STEPS) {
      if (candidate * magnitude >= rough) {
        chosen = candidate * magnitude;
        break;
      }
    }
    this.step = Math.max(1, chosen);
    this.top = step * Math.ceil(Math.max(1, greatest) / step);
    this.from = from;
    this.to = to;
  }

  double pixel(double value) {
    return from + (to - from) * value / top;
  }

  double top() {
    return top;
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    for (double tick = 0; tick <= top + step / 2; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** 1,200 or 45k or 1.2M. */
  static String shortNumber(double value) {
    if (value >= 1_000_000) {
      return trim(value / 1_000_000) + "M";
    }
    return value >= 10_000 ? trim(value / 1000) + "k" : String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String trim(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
