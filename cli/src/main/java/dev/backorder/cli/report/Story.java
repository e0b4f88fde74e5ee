package dev.backorder.cli.report;

import java.io.PrintStream;
import java.util.List;

/**
 * One order from click to doorstep.
 *
 * @param title which order
 * @param steps what happened, in order of time
 * @param mail the text of its most telling mail, line by line; empty when there is none
 */
public record Story(String title, List<Step> steps, List<String> mail) {

  /** Copies the lists. */
  public Story {
    steps = List.copyOf(steps);
    mail = List.copyOf(mail);
  }

  /**
   * Something that happened.
   *
   * @param when for example {@code Thu 9 Dec 2010 14:00}
   * @param who acts: shop, customer, supplier, warehouse, carrier, mail
   * @param what in words
   */
  public record Step(String when, String who, String what) {}

  /** Prints the story for people. */
  public void print(PrintStream out) {
    out.println(title);
    for (Step step : steps) {
      out.printf("  %-21s  %-10s %s%n", step.when(), step.who(), step.what());
    }
    if (!mail.isEmpty()) {
      out.println();
      mail.forEach(line -> out.println("    | " + line));
    }
  }
}
