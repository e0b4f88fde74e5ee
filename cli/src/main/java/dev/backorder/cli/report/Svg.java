package dev.backorder.cli.report;

import java.util.Locale;

/**
 * Writes an SVG drawing piece by piece. Colours come from the page's style sheet through classes.
 */
final class Svg {

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String label) {
    text.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" xmlns=\"http://www.w3.org/2000/svg\">%n",
            width,
            height,
            escape(label)));
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    text.append(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n",
            x1,
            y1,
            x2,
            y2,
            style));
    return this;
  }

  Svg rect(double x, double y, double width, double height, String style, String tip) {
    text.append(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" class=\"%s\"><title>%s</title></rect>%n",
            x,
            y,
            Math.max(0, width),
            Math.max(0, height),
            style,
            escape(tip)));
    return this;
  }

  Svg circle(double x, double y, double radius, String style, String tip) {
    text.append(
        String.format(
            Locale.ROOT,
            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" class=\"%s\"><title>%s</title></circle>%n",
            x,
            y,
            radius,
            style,
            escape(tip)));
    return this;
  }

  Svg path(String data, String style) {
    text.append("<path d=\"").append(data).append("\" class=\"").append(style).append("\"/>\n");
    return this;
  }

  /** {@code anchor} is start, middle or end. */
  Svg label(double x, double y, String anchor, String style, String words) {
    text.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            style,
            escape(words)));
    return this;
  }

  @Override
  public String toString() {
    return text + "</svg>\n";
  }

  static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
