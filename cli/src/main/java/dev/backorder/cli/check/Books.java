package dev.backorder.cli.check;

import dev.backorder.cli.check.Invariant.Mismatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Two books that must agree entry by entry: each says a text for a key; a key that is missing in
 * one says nothing.
 */
final class Books {

  private static final int MAX_LISTED = 100;
  private static final String NOTHING = "nothing";

  private final Map<String, String> first = new HashMap<>();
  private final List<Mismatch> mismatches = new ArrayList<>();
  private long count;

  /** What the first book says. All of it must be told before the second. */
  void first(String key, String says) {
    first.put(key, says);
  }

  /** What the second book says. */
  void second(String key, String says) {
    String expected = first.remove(key);
    if (!says.equals(expected)) {
      note(key, expected == null ? NOTHING : expected, says);
    }
  }

  private void note(String key, String expected, String actual) {
    count++;
    if (mismatches.size() < MAX_LISTED) {
      mismatches.add(new Mismatch(key, expected, actual));
    }
  }

  /** The outcome; what only the first book knows differs as well. */
  Invariant outcome(String name, String description) {
    first.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> note(entry.getKey(), entry.getValue(), NOTHING));
    first.clear();
    if (count > mismatches.size()) {
      mismatches.add(new Mismatch("and " + (count - mismatches.size()) + " more", "", ""));
    }
    return new Invariant(name, description, mismatches);
  }
}
