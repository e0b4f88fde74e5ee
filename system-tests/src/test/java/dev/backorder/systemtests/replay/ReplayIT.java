package dev.backorder.systemtests.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.replay.Replay;
import dev.backorder.cli.scenario.ScenarioFile;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.Processes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
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

  private static Path orders;
  private static String expected;

  @BeforeAll
  static void unpackOrders() throws IOException {
    Path folder = BackorderSystem.freshFolder("replay");
    Files.createDirectories(folder);
    orders = folder.resolve("orders.csv.gz");
    try (InputStream in = Replay.class.getResourceAsStream("/data/online_retail_lines.csv.gz")) {
      Files.copy(in, orders);
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
    Replay replay = replay("killed", 2);
    Killer killer = new Killer(new Processes(data("killed")), SEED);
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
    Replay.Request request =
        new Replay.Request(
            orders,
            Optional.of(FIRST),
            Optional.of(LAST),
            ScenarioFile.bundled(),
            Map.of(),
            replicas,
            Ports.findFree(replicas),
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

  /** Kills one process of each service, in a drawn order, spread over the replay. */
  private static final class Killer implements Runnable {

    private final Processes processes;
    private final java.util.Random random;
    private final List<String> killed = new ArrayList<>();

    Killer(Processes processes, long seed) {
      this.processes = processes;
      this.random = new java.util.Random(seed);
    }

    List<String> killed() {
      return List.copyOf(killed);
    }

    @Override
    public void run() {
      List<ServiceKind> kinds = new ArrayList<>(List.of(ServiceKind.values()));
      java.util.Collections.shuffle(kinds, random);
      try {
        while (!isPlaying()) {
          pause(200);
        }
        for (ServiceKind kind : kinds) {
          pause(1500 + random.nextInt(2500));
          String name = kind.module() + "-" + (1 + random.nextInt(2));
          if (processes.kill(name)) {
            System.out.println("killed " + name);
            killed.add(name);
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** The first report of a ready system is its address. */
    private boolean isPlaying() {
      return Files.exists(data("killed").resolve("run").resolve("address"));
    }

    private static void pause(long millis) throws InterruptedException {
      Thread.sleep(millis);
    }
  }
}
