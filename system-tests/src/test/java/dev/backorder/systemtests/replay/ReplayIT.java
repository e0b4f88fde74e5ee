package dev.backorder.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.scenario.Scenario;
import dev.backorder.cli.scenario.ScenarioFile;
import dev.backorder.cli.stack.Ports;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Days of real orders through the four services, played again and again: neither the number of
 * processes nor the death of some of them may be seen in what comes out.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReplayIT {

  private static final LocalDate FIRST = LocalDate.of(2010, 12, 1);
  private static final LocalDate LAST =
      Boolean.getBoolean("full") ? LocalDate.of(2010, 12, 23) : LocalDate.of(2010, 12, 2);
  private static final long SEED = 20101201;
  private static final String RUN_OUT = "run_out_days: 45";

  /**
   * After the last order; enough for the quicker suppliers to deliver and the queue to be served.
   */
  private static final String SHORT_RUN_OUT = "run_out_days: 12";

  private static Path orders;
  private static Scenario scenario;
  private static String expected;

  @BeforeAll
  static void unpackOrders() throws IOException {
    Path folder = BackorderSystem.freshFolder("replay");
    Files.createDirectories(folder);
    orders = folder.resolve("orders.csv.gz");
    try (InputStream in = Replay.class.getResourceAsStream("/data/online_retail_lines.csv.gz")) {
      Files.copy(in, orders);
    }
    Path rules = folder.resolve("scenario.yaml");
    Files.writeString(rules, rules());
    scenario = ScenarioFile.read(rules);
  }

  private static String rules() throws IOException {
    try (InputStream in = Replay.class.getResourceAsStream("/scenarios/online-retail.yaml")) {
      String bundled = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bundled).contains(RUN_OUT);
      return Boolean.getBoolean("full") ? bundled : bundled.replace(RUN_OUT, SHORT_RUN_OUT);
    }
  }

  @Test
  @Order(1)
  void one_replica_of_each_service_keeps_every_invariant() {
    expected = comparable(replay("one", 1).run());
    assertThat(expected).contains("\"units_backordered\"").doesNotContain("\"orders\" : 0,");
  }

  @Test
  @Order(2)
  void two_replicas_of_each_service_give_the_same_figures() {
    assertThat(comparable(replay("two", 2).run())).isEqualTo(expected);
  }

  @Test
  @Order(3)
  void killing_a_process_of_each_service_changes_nothing() throws InterruptedException {
    Ports ports = Ports.findFree(2);
    Replay replay = replay("killed", 2, ports);
    Killer killer = new Killer(new Processes(data("killed")), ports, SEED);
    Thread thread = new Thread(killer, "killer");
    thread.start();
    Replay.Outcome outcome;
    try {
      outcome = replay.run();
    } finally {
      thread.interrupt();
      thread.join();
    }
    assertThat(killer.killed()).as("services of which a process was killed").hasSize(4);
    assertThat(comparable(outcome)).isEqualTo(expected);
  }

  private static Path data(String name) {
    return orders.resolveSibling(name).resolve("data");
  }

  private static Replay replay(String name, int replicas) {
    return replay(name, replicas, Ports.findFree(replicas));
  }

  private static Replay replay(String name, int replicas, Ports ports) {
    Replay.Request request =
        new Replay.Request(
            orders,
            Optional.of(FIRST),
            Optional.of(LAST),
            scenario,
            Map.of(),
            replicas,
            ports,
            data(name),
            orders.resolveSibling(name).resolve("report"));
    return new Replay(request, new Terminal(System.out, System.out, false, 100));
  }

  /** The figures without what a clock on the wall measures, once every invariant holds. */
  private static String comparable(Replay.Outcome outcome) {
    assertThat(outcome.invariants()).isNotEmpty();
    List<Invariant> broken =
        outcome.invariants().stream().filter(invariant -> !invariant.holds()).toList();
    assertThat(broken).isEmpty();
    String json = outcome.figures().toJson();
    System.out.println(json);
    return json.lines()
        .filter(
            line ->
                !line.contains("\"duration_seconds\"") && !line.contains("\"orders_per_second\""))
        .collect(Collectors.joining("\n"));
  }
}
