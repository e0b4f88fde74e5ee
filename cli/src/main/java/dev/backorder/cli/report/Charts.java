package dev.backorder.cli.report;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The pictures of a report, each one self-contained SVG. */
final class Charts {

  private static final int WIDTH = 880;
  private static final int LEFT = 64;
  private static final int RIGHT = 18;
  private static final int PLOT_WIDTH = WIDTH - LEFT - RIGHT;
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("MMM yyyy", Locale.ENGLISH);
  private static final int DAYS_LABELLED_SINGLY = 100;
  private static final int LONGEST_WAIT = 60;

  private Charts() {}

  /** Units on the shelf above, units that wait below, over the same days. */
  static String stockAndQueue(List<DaySample> days) {
    int panel = 150;
    int gap = 46;
    Svg svg = new Svg(WIDTH, 2 * panel + gap + 52, "Stock on hand and units waiting, by day");
    panel(
        svg,
        days,
        DaySample::onHandUnits,
        22,
        panel,
        "Units on the shelf",
        "stock",
        "on the shelf");
    panel(
        svg,
        days,
        DaySample::waitingUnits,
        22 + panel + gap,
        panel,
        "Units that customers wait for",
        "queue",
        "waiting");
    dayAxis(svg, days.stream().map(DaySample::day).toList(), 22 + 2 * panel + gap);
    return svg.toString();
  }

  private static void panel(
      Svg svg,
      List<DaySample> days,
      ToLongFunction<DaySample> value,
      double top,
      double height,
      String title,
      String style,
      String words) {
    double bottom = top + height;
    Scale scale =
        new Scale((double) days.stream().mapToLong(value).max().orElse(1), bottom, top + 6, 4);
    svg.label(LEFT, top - 6, "start", "axis-title", title);
    grid(svg, scale);
    StringBuilder line = new StringBuilder();
    double step = days.size() > 1 ? (double) PLOT_WIDTH / (days.size() - 1) : 0;
    for (int i = 0; i < days.size(); i++) {
      double y = scale.pixel((double) value.applyAsLong(days.get(i)));
      line.append(
          String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : " L", LEFT + i * step, y));
    }
    if (days.isEmpty()) {
      return;
    }
    double end = LEFT + (days.size() - 1) * step;
    svg.path(
        line + String.format(Locale.ROOT, " L%.1f %.1f L%d %.1f Z", end, bottom, LEFT, bottom),
        style + " area");
    svg.path(line.toString(), style + " stroke");
    for (int i = 0; i < days.size(); i++) {
      DaySample day = days.get(i);
      double width = Math.max(1, step);
      String tip =
          String.format(
              Locale.ROOT,
              "%s: %,d units %s",
              day.day().format(DAY),
              value.applyAsLong(day),
              words);
      svg.rect(LEFT + i * step - width / 2, top, width, height, "hit", tip);
    }
  }

  private static void grid(Svg svg, Scale scale) {
    for (double tick : scale.ticks()) {
      double y = scale.pixel(tick);
      svg.line(LEFT, y, WIDTH - RIGHT, y, tick == 0 ? "axis" : "grid");
      svg.label(LEFT - 8, y + 4, "end", "tick", Scale.shortNumber(tick));
    }
  }

  private static void dayAxis(Svg svg, List<LocalDate> days, double y) {
    if (days.isEmpty()) {
      return;
    }
    LocalDate first = days.get(0);
    double span = Math.max(1, days.size() - 1);
    boolean months = days.size() > DAYS_LABELLED_SINGLY;
    int every = Math.max(1, days.size() / 10);
    for (int i = 0; i < days.size(); i++) {
      LocalDate day = days.get(i);
      boolean labelled = months ? day.getDayOfMonth() == 1 : i % every == 0;
      if (labelled) {
        double x = LEFT + PLOT_WIDTH * ChronoUnit.DAYS.between(first, day) / span;
        svg.line(x, y, x, y + 5, "axis");
        svg.label(
            Math.min(x, WIDTH - 34),
            y + 19,
            i == 0 ? "start" : "middle",
            "tick",
            day.format(months ? MONTH : DAY));
      }
    }
  }

  /** Of what was asked for in each week: filled from stock, sold ahead of supply, refused. */
  static String fillByWeek(List<WeekSample> weeks) {
    int height = 250;
    double top = 26;
    double bottom = height - 44.0;
    Svg svg = new Svg(WIDTH, height, "Share of units filled at once, by week");
    legend(svg, "filled|filled at once", "queue|sold ahead of supply", "refused|refused");
    for (int percent = 0; percent <= 100; percent += 25) {
      double y = bottom - (bottom - top) * percent / 100;
      svg.line(LEFT, y, WIDTH - RIGHT, y, percent == 0 ? "axis" : "grid");
      svg.label(LEFT - 8, y + 4, "end", "tick", percent + " %");
    }
    double slot = (double) PLOT_WIDTH / Math.max(1, weeks.size());
    double bar = Math.min(64, slot * 0.72);
    int every = Math.max(1, (int) Math.ceil(weeks.size() / 12.0));
    for (int i = 0; i < weeks.size(); i++) {
      WeekSample week = weeks.get(i);
      double x = LEFT + i * slot + (slot - bar) / 2;
      double y = bottom;
      y =
          stack(
              svg,
              x,
              y,
              bar,
              bottom - top,
              week,
              week.filledUnits(),
              "filled fill",
              "filled at once");
      y =
          stack(
              svg,
              x,
              y,
              bar,
              bottom - top,
              week,
              week.waitingUnits(),
              "queue fill",
              "sold ahead of supply");
      stack(svg, x, y, bar, bottom - top, week, week.refusedUnits(), "refused fill", "refused");
      if (i % every == 0) {
        svg.label(x + bar / 2, bottom + 18, "middle", "tick", week.monday().format(DAY));
      }
    }
    svg.label(LEFT + PLOT_WIDTH / 2.0, height - 6, "middle", "axis-title", "week beginning");
    return svg.toString();
  }

  private static double stack(
      Svg svg,
      double x,
      double y,
      double width,
      double full,
      WeekSample week,
      long units,
      String style,
      String words) {
    double share = week.orderedUnits() == 0 ? 0 : (double) units / week.orderedUnits();
    double height = full * share;
    String tip =
        String.format(
            Locale.ROOT,
            "Week of %s: %,d units (%.1f %%) %s",
            week.monday().format(DAY),
            units,
            100 * share,
            words);
    svg.rect(x, y - height, width, height, style, tip);
    return y - height;
  }

  /** Days promised against days taken; a bubble is as large as the lines that share both. */
  static String promisedAgainstActual(List<PromiseSample> promises) {
    int height = 400;
    double top = 26;
    double bottom = height - 46.0;
    Svg svg = new Svg(WIDTH, height, "Days promised against days taken, backordered lines");
    legend(svg, "filled|left on or before the promised day", "refused|left after it");
    long longest =
        promises.stream()
            .mapToLong(sample -> Math.max(sample.promisedDays(), sample.actualDays()))
            .max()
            .orElse(10);
    double cap = Math.min(LONGEST_WAIT, Math.max(5, longest));
    Scale y = new Scale(cap, bottom, top, 6);
    Scale x = new Scale(cap, LEFT, WIDTH - RIGHT, 6);
    grid(svg, y);
    for (double tick : x.ticks()) {
      svg.label(x.pixel(tick), bottom + 18, "middle", "tick", Scale.shortNumber(tick));
    }
    svg.line(x.pixel(0), y.pixel(0), x.pixel(x.top()), y.pixel(y.top()), "diagonal");
    svg.label(x.pixel(x.top()) - 40, y.pixel(y.top()) + 14.0, "end", "tick", "on the day");
    bubbles(svg, promises, x, y);
    svg.label(
        LEFT + PLOT_WIDTH / 2.0,
        height - 6,
        "middle",
        "axis-title",
        "days from order to the first promised day");
    svg.label(LEFT, top - 10, "start", "axis-title", "days taken");
    return svg.toString();
  }

  private static void bubbles(Svg svg, List<PromiseSample> promises, Scale x, Scale y) {
    Map<String, long[]> counts = new TreeMap<>();
    for (PromiseSample sample : promises) {
      long promised = Math.min((long) x.top(), Math.max(0, sample.promisedDays()));
      long actual = Math.min((long) y.top(), Math.max(0, sample.actualDays()));
      counts.computeIfAbsent(promised + ":" + actual, key -> new long[] {promised, actual, 0})[2]++;
    }
    long most = counts.values().stream().mapToLong(entry -> entry[2]).max().orElse(1);
    for (long[] entry : counts.values()) {
      double radius = 2.5 + 11 * Math.sqrt((double) entry[2] / most);
      String tip =
          String.format(
              Locale.ROOT, "%,d lines: promised %d days, took %d", entry[2], entry[0], entry[1]);
      String style = entry[1] <= entry[0] ? "filled bubble" : "refused bubble";
      svg.circle(x.pixel((double) entry[0]), y.pixel((double) entry[1]), radius, style, tip);
    }
  }

  /** Entries are {@code style|words}. */
  private static void legend(Svg svg, String... entries) {
    double x = WIDTH - RIGHT;
    for (int i = entries.length - 1; i >= 0; i--) {
      String[] parts = entries[i].split("\\|", 2);
      x -= 6.6 * parts[1].length();
      svg.label(x, 14, "start", "tick", parts[1]);
      svg.rect(x - 15, 5, 10, 10, parts[0] + " fill", parts[1]);
      x -= 30;
    }
  }
}
