package dev.backorder.cli.command;

import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.stack.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** What demo and replay have in common. */
final class Runs {

  private static final String ORDERS = "/data/online_retail_lines.csv.gz";
  private static final String ITEMS = "/data/online_retail_items.csv";

  private static final int MOST_SHOWN = 20;

  private Runs() {}

  /** Puts the bundled order file into a folder. */
  static Path bundledOrders(Path folder) {
    Path file = folder.resolve("online_retail_lines.csv.gz");
    try (InputStream in = Runs.class.getResourceAsStream(ORDERS)) {
      Files.createDirectories(folder);
      Files.copy(in, file);
      return file;
    } catch (IOException e) {
      throw CommandFailure.environment(
          "The folder " + folder + " cannot be written: " + e.getMessage() + ".", e);
    }
  }

  /** Descriptions of the bundled items by SKU. */
  static Map<String, String> bundledDescriptions() {
    Map<String, String> descriptions = new TreeMap<>();
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (InputStream in = Runs.class.getResourceAsStream(ITEMS);
        CSVParser parser =
            CSVParser.parse(new InputStreamReader(in, StandardCharsets.UTF_8), format)) {
      for (CSVRecord row : parser) {
        descriptions.put(row.get("sku"), row.get("description").strip());
      }
      return descriptions;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Prints what came out of a replay, and frees the space that only a broken run needs. */
  static int conclude(Replay.Outcome outcome, Path data, boolean keep, Terminal terminal) {
    PrintStream out = terminal.out();
    out.println();
    outcome
        .story()
        .ifPresent(
            story -> {
              story.print(out);
              out.println();
            });
    outcome.figures().table().print(out);
    if (outcome.peakMemoryBytes() > 0) {
      out.printf(
          Locale.ROOT,
          "  %-20s  %.2f GB (PSS of all processes)%n",
          "Peak memory",
          outcome.peakMemoryBytes() / 1e9);
    }
    out.println();
    out.println("Report:        " + outcome.html());
    out.println("Rejected rows: " + outcome.rejected());
    out.println((keep ? "All data:      " : "Mails, logs:   ") + data);
    out.println();
    boolean sound = printInvariants(outcome.invariants(), out);
    if (sound && !keep) {
      DataFolder.deleteTree(data.resolve("pg"));
    }
    return sound ? ExitCodes.OK : ExitCodes.INCONSISTENT;
  }

  /** Prints the outcome of checks and tells whether all hold. */
  static boolean printInvariants(List<Invariant> invariants, PrintStream out) {
    List<Invariant> broken = invariants.stream().filter(invariant -> !invariant.holds()).toList();
    for (Invariant invariant : broken) {
      out.println("BROKEN " + invariant.name() + ": " + invariant.description() + ".");
      for (Invariant.Mismatch mismatch :
          invariant.differences().stream().limit(MOST_SHOWN).toList()) {
        out.println(
            "    "
                + mismatch.subject()
                + ": expected "
                + mismatch.expected()
                + ", found "
                + mismatch.actual());
      }
      if (invariant.differences().size() > MOST_SHOWN) {
        out.println("    ... and " + (invariant.differences().size() - MOST_SHOWN) + " more");
      }
    }
    out.println(
        broken.isEmpty()
            ? "check: all " + invariants.size() + " invariants hold"
            : "check: " + broken.size() + " of " + invariants.size() + " invariants are broken");
    return broken.isEmpty();
  }
}
