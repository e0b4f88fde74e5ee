package dev.backorder.systemtests.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the documents point at exists. */
class DocumentationTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern TEST_METHOD = Pattern.compile("`([a-zA-Z0-9]+(?:_\\w+)+)`");

  @Test
  void every_link_to_a_file_leads_somewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : matches(LINK, Files.readString(document))) {
        String target = link.replaceAll("#.*", "");
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
    for (String line : Files.readAllLines(guarantees)) {
      String sources = sourcesLinkedIn(line, guarantees);
      if (!sources.isEmpty()) {
        for (String method : matches(TEST_METHOD, line)) {
          named++;
          if (!sources.contains("void " + method + "(")) {
            missing.add(method);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(30);
  }

  private static String sourcesLinkedIn(String line, Path document) throws IOException {
    StringBuilder sources = new StringBuilder();
    for (String target : matches(LINK, line)) {
      Path file = document.resolveSibling(target);
      if (target.endsWith(".java") && Files.exists(file)) {
        sources.append(Files.readString(file));
      }
    }
    return sources.toString();
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
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
