package dev.backorder.cli.report;

import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.orderfile.RejectReason;
import dev.backorder.cli.orderfile.RejectedRow;
import dev.backorder.cli.orderfile.Rejections;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the report of a replay as one HTML file that needs nothing else: no network, no script, no
 * font.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * What a report tells.
   *
   * @param title of the page
   * @param subtitle which data, which window, how it ran
   * @param figures the outcome
   * @param days state by day
   * @param weeks demand by week
   * @param promises backordered lines that left
   * @param story one order; empty when none waited
   * @param rows how every row of the file was used, name and count
   * @param rejections rows that were not used
   * @param invariants outcome of the checks
   */
  public record Content(
      String title,
      String subtitle,
      Figures figures,
      List<DaySample> days,
      List<WeekSample> weeks,
      List<PromiseSample> promises,
      Optional<Story> story,
      Map<String, Long> rows,
      Rejections rejections,
      List<Invariant> invariants) {}

  /** Writes the file. */
  public static void write(Path file, Content content) {
    try {
      Files.writeString(file, page(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String page(Content content) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.append(
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html.append(text(content.title()))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n");
    html.append("<header>\n<h1>").append(text(content.title())).append("</h1>\n<p class=\"lead\">");
    html.append(text(content.subtitle()))
        .append("</p>\n")
        .append(verdict(content))
        .append("</header>\n");
    tiles(html, content.figures());
    section(html, "Stock and queue over time", Charts.stockAndQueue(content.days()));
    section(html, "Fill rate by week", Charts.fillByWeek(content.weeks()));
    section(
        html,
        "Promised against actual",
        content.promises().isEmpty()
            ? "<p>No backordered line has left yet.</p>\n"
            : Charts.promisedAgainstActual(content.promises()));
    content.story().ifPresent(story -> story(html, story));
    section(html, "All figures", figures(content.figures()));
    section(html, "Invariants", invariants(content.invariants()));
    section(html, "Rows of the file", rows(content));
    html.append(
        "<footer>Made by Backorder. UCI Online Retail: Chen, D. (2015), doi 10.24432/C5BW33, CC BY 4.0.</footer>\n");
    return html.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String verdict(Content content) {
    long broken = content.invariants().stream().filter(invariant -> !invariant.holds()).count();
    return broken == 0
        ? "<p class=\"verdict good\">All " + content.invariants().size() + " invariants hold.</p>\n"
        : "<p class=\"verdict bad\">"
            + broken
            + " of "
            + content.invariants().size()
            + " invariants are broken.</p>\n";
  }

  private static void tiles(StringBuilder html, Figures figures) {
    Map<String, String> all = figures.readable();
    html.append("<div class=\"tiles\">\n");
    for (String name :
        List.of(
            "Orders",
            "Unit fill rate",
            "Units backordered",
            "Promises kept",
            "Median wait",
            "Messages sent")) {
      html.append("<div class=\"tile\"><div class=\"value\">")
          .append(text(all.get(name)))
          .append("</div><div class=\"name\">")
          .append(text(name))
          .append("</div></div>\n");
    }
    html.append("</div>\n");
  }

  private static void section(StringBuilder html, String title, String content) {
    html.append("<section>\n<h2>")
        .append(text(title))
        .append("</h2>\n")
        .append(content)
        .append("</section>\n");
  }

  private static void story(StringBuilder html, Story story) {
    StringBuilder steps =
        new StringBuilder("<p>").append(text(story.title())).append("</p>\n<ol class=\"story\">\n");
    for (Story.Step step : story.steps()) {
      steps
          .append("<li class=\"")
          .append(text(step.who()))
          .append("\"><time>")
          .append(text(step.when()))
          .append("</time><b>")
          .append(text(step.who()))
          .append("</b> ")
          .append(text(step.what()))
          .append("</li>\n");
    }
    steps.append("</ol>\n");
    if (!story.mail().isEmpty()) {
      steps.append("<pre>").append(text(String.join("\n", story.mail()))).append("</pre>\n");
    }
    section(html, "One backordered order, from click to doorstep", steps.toString());
  }

  private static String figures(Figures figures) {
    StringBuilder table = new StringBuilder("<table class=\"figures\">\n");
    figures
        .readable()
        .forEach(
            (name, value) ->
                table
                    .append("<tr><th scope=\"row\">")
                    .append(text(name))
                    .append("</th><td class=\"number\">")
                    .append(text(value))
                    .append("</td></tr>\n"));
    return table.append("</table>\n").toString();
  }

  private static String invariants(List<Invariant> invariants) {
    StringBuilder table = new StringBuilder("<table>\n");
    for (Invariant invariant : invariants) {
      table
          .append("<tr><td class=\"")
          .append(invariant.holds() ? "good\">holds" : "bad\">broken")
          .append("</td><th scope=\"row\"><code>")
          .append(text(invariant.name()))
          .append("</code></th><td>")
          .append(text(invariant.description()));
      invariant.differences().stream()
          .limit(10)
          .forEach(
              difference ->
                  table.append(
                      text(
                          " ["
                              + difference.subject()
                              + ": "
                              + difference.expected()
                              + " against "
                              + difference.actual()
                              + "]")));
      table.append("</td></tr>\n");
    }
    return table.append("</table>\n").toString();
  }

  private static String rows(Content content) {
    StringBuilder html = new StringBuilder("<table class=\"figures\">\n");
    content.rows().forEach((name, count) -> html.append(row(name, count)));
    html.append("</table>\n");
    Map<RejectReason, Long> counts = content.rejections().counts();
    if (!counts.isEmpty()) {
      html.append("<h3>Rejected, by reason</h3>\n<table class=\"figures\">\n");
      counts.forEach((reason, count) -> html.append(row(reason.description(), count)));
      html.append("</table>\n<details><summary>Examples</summary>\n<table>\n");
      for (RejectReason reason : counts.keySet()) {
        for (RejectedRow example : content.rejections().examples(reason)) {
          html.append("<tr><td class=\"number\">")
              .append(example.lineNumber())
              .append("</td><td><code>");
          html.append(text(reason.key()))
              .append("</code></td><td>")
              .append(text(example.text()))
              .append("</td></tr>\n");
        }
      }
      html.append("</table></details>\n");
    }
    return html.toString();
  }

  private static String row(String name, long count) {
    return "<tr><th scope=\"row\">"
        + text(name)
        + "</th><td class=\"number\">"
        + String.format(Locale.ROOT, "%,d", count)
        + "</td></tr>\n";
  }

  private static String text(String words) {
    return Svg.escape(words);
  }

  private static String style() {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/report/report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
