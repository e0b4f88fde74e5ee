package dev.backorder.platform.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The shape of a service: one flat package per feature, a pure {@code model} where there are rules.
 * A service checks itself with {@code ArchitectureRules.check("dev.backorder.inventory")}.
 */
public final class ArchitectureRules {
  private ArchitectureRules() {}

  /**
   * Checks the main classes under a package against every rule.
   *
   * @throws AssertionError naming each violation of the first rule that is broken
   */
  public static void check(String rootPackage) {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // The contracts share the root package but not the rules: they are generated. Before
            // they
            // are packaged (`mvn test`) they are a folder.
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS)
            .withImportOption(location -> !location.contains("/proto/target/classes/"))
            .importPackages(rootPackage);
    if (classes.isEmpty()) {
      throw new AssertionError("No classes under " + rootPackage);
    }
    all(rootPackage).values().forEach(rule -> rule.check(classes));
  }

  /** Every rule by a short name. */
  public static Map<String, ArchRule> all(String rootPackage) {
    Map<String, ArchRule> rules = new LinkedHashMap<>();
    rules.put("model is pure", modelIsPure());
    rules.put("features form no cycles", featuresFormNoCycles(rootPackage));
    rules.put("entities are package-private", entitiesArePackagePrivate());
    rules.put("edges and repositories are package-private", edgesArePackagePrivate());
    rules.put("names say what, not how", namesSayWhat());
    rules.put("a clock is injected", clockIsInjected());
    rules.put("constructors are injected", constructorsAreInjected());
    rules.put("edges open no transaction", edgesOpenNoTransaction());
    rules.put("edges answer what cannot be read", edgesAnswerWhatCannotBeRead());
    return rules;
  }

  private static ArchRule modelIsPure() {
    return classes()
        .that()
        .resideInAPackage("..model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "org.jspecify..", "..model..")
        .because("rules know no framework, no database and no wire format")
        .allowEmptyShould(true);
  }

  private static ArchRule featuresFormNoCycles(String rootPackage) {
    return slices()
        .matching(rootPackage + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }

  private static ArchRule entitiesArePackagePrivate() {
    return classes()
        .that()
        .areAnnotatedWith("jakarta.persistence.Entity")
        .should()
        .bePackagePrivate()
        .because("a row is nobody's business but its feature's")
        .allowEmptyShould(true);
  }

  private static ArchRule edgesArePackagePrivate() {
    return classes()
        .that()
        .areAnnotatedWith("io.quarkus.grpc.GrpcService")
        .or()
        .haveSimpleNameEndingWith("Repository")
        .should()
        .bePackagePrivate()
        .because("other features talk to the use case")
        .allowEmptyShould(true);
  }

  private static ArchRule namesSayWhat() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Base|Manager|Helper|Mapper|Utils?|DTO|Dto)$")
        .because("such a name hides that nobody knew what the class is")
        .allowEmptyShould(true);
  }

  private static ArchRule clockIsInjected() {
    return noClasses()
        .should()
        .callMethodWhere(readsTheSystemClock())
        .because("time is a dependency: it is simulated in replays and tests")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaMethodCall> readsTheSystemClock() {
    Set<String> clocks = Set.of("systemUTC", "systemDefaultZone", "system");
    return describe(
        "reads the system clock",
        call -> {
          String owner = call.getTargetOwner().getName();
          String name = call.getTarget().getName();
          return (owner.startsWith("java.time.")
                  && name.equals("now")
                  && call.getTarget().getRawParameterTypes().stream()
                      .noneMatch(type -> type.getName().equals("java.time.Clock")))
              || (owner.equals("java.time.Clock") && clocks.contains(name))
              || (owner.equals("java.lang.System") && name.equals("currentTimeMillis"));
        });
  }

  private static ArchRule constructorsAreInjected() {
    return noFields()
        .should()
        .beAnnotatedWith("jakarta.inject.Inject")
        .because("what a class needs stands in its constructor")
        .allowEmptyShould(true);
  }

  private static ArchRule edgesOpenNoTransaction() {
    return methods()
        .that()
        .areDeclaredInClassesThat()
        .areAnnotatedWith("io.quarkus.grpc.GrpcService")
        .should()
        .notBeAnnotatedWith("jakarta.transaction.Transactional")
        .because("the answer must follow the commit")
        .allowEmptyShould(true);
  }

  private static ArchRule edgesAnswerWhatCannotBeRead() {
    return classes()
        .that()
        .areAnnotatedWith("io.quarkus.grpc.GrpcService")
        .should()
        .callMethodWhere(
            describe(
                "Requests.checked",
                call ->
                    call.getTargetOwner().getName().equals("dev.backorder.platform.grpc.Requests")
                        && call.getTarget().getName().equals("checked")))
        .because("grpc-java answers UNKNOWN to bytes that are no message")
        .allowEmptyShould(true);
  }
}
