package dev.backorder.platform.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.backorder.platform.testing.ArchitectureRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules notice what breaks them. The bad classes are compiled here, out of sight of the index
 * that Quarkus makes of test classes.
 */
class ArchitectureRulesTest {
  private static final Map<String, String> BAD_SOURCES =
      Map.of(
          "bad/alpha/model/ImpureRule.java",
          """
          package bad.alpha.model;
          public record ImpureRule(com.google.protobuf.Timestamp time) {}
          """,
          "bad/alpha/PublicEntity.java",
          """
          package bad.alpha;
          @jakarta.persistence.Entity
          public class PublicEntity {
            @jakarta.persistence.Id public String id = bad.beta.BetaManager.NAME.toString();
          }
          """,
          "bad/beta/BetaManager.java",
          """
          package bad.beta;
          public class BetaManager {
            public static final StringBuilder NAME = new StringBuilder("beta");
            @jakarta.inject.Inject bad.alpha.PublicEntity entity;
            java.time.Instant time() {
              return java.time.Instant.now();
            }
          }
          """,
          "bad/beta/PublicGrpcService.java",
          """
          package bad.beta;
          @io.quarkus.grpc.GrpcService
          public class PublicGrpcService {
            @jakarta.transaction.Transactional
            public void call() {
              Thread.yield();
            }
          }
          """);

  private static JavaClasses bad;

  @BeforeAll
  static void compileBadClasses(@TempDir Path folder) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString()));
    for (Map.Entry<String, String> source : BAD_SOURCES.entrySet()) {
      Path file = folder.resolve(source.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(result).isZero();
    bad = new ClassFileImporter().importPath(folder);
  }

  static Set<String> rules() {
    return ArchitectureRules.all("bad").keySet();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void each_rule_notices_what_breaks_it(String name) {
    ArchRule rule = ArchitectureRules.all("bad").get(name);
    assertThat(rule.evaluate(bad).hasViolation()).as(name).isTrue();
  }
}
