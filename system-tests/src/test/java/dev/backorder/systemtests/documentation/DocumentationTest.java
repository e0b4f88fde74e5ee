package dev.backorder.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at exists. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern NAMED_TEST = Pattern.compile("\\[\\w+]\\(([^)]+)\\) `(\\w+)`");

  @Test
  void every_link_to_a_file_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group(1).replaceAll("#.*", "");
        if (!target.isEmpty() && !target.contains(":")) {
          if (Files.notExists(document.resolveSibling(target))) {
            broken.add(ROOT.relativize(document) + " -> " + target);
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_guarantee_names_tests_that_exist() throws IOException {
    Path guarantees = ROOT.resolve("docs/guarantees.md");
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher test = NAMED_TEST.matcher(Files.readString(guarantees));
    while (test.find()) {
      named++;
      Path file = guarantees.resolveSibling(test.group(1));
      if (Files.notExists(file)
          || !Files.readString(file).contains("void " + test.group(2) + "(")) {
        missing.add(test.group(1) + " " + test.group(2));
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(20);
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      List<Path> documents =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .filter(DocumentationTest::isOurs)
              .toList();
      assertThat(documents).isNotEmpty();
      return documents;
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
