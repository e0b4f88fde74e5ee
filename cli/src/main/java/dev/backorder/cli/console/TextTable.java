package dev.backorder.cli.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A plain table for people: columns as wide as their content, numbers to the right. */
public final class TextTable {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9][0-9,]*(\\.[0-9]+)?( ?%| d| s)?");

  private final List<String> headings;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column headings. */
  public TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  /** Adds a row; each value is shown by {@code String.valueOf}. */
  public TextTable row(Object... values) {
    List<String> row = new ArrayList<>();
    for (Object value : values) {
      row.add(String.valueOf(value));
    }
    if (row.size() != headings.size()) {
      throw new IllegalArgumentException(
          "expected " + headings.size() + " values but got " + row.size());
    }
    rows.add(row);
    return this;
  }

  /** True while no row was added. */
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  /** Prints headings, if any has text, and rows. */
  public void print(PrintStream out) {
    int[] widths = new int[headings.size()];
    boolean[] numeric = new boolean[headings.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = headings.get(column).length();
      numeric[column] = !rows.isEmpty();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
        String value = row.get(column);
        numeric[column] &= value.isEmpty() || NUMBER.matcher(value).matches();
      }
    }
    if (headings.stream().anyMatch(heading -> !heading.isEmpty())) {
      out.println(line(headings, widths, numeric));
    }
    rows.forEach(row -> out.println(line(row, widths, numeric)));
  }

  private static String line(List<String> values, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder("  ");
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - values.get(column).length());
      line.append(numeric[column] ? padding + values.get(column) : values.get(column) + padding)
          .append("  ");
    }
    return line.toString().stripTrailing();
  }
}
