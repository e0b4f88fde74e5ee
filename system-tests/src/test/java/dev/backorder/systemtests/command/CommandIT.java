package dev.backorder.systemtests.command;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.Processes;
import dev.backorder.systemtests.testing.ShopSetup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a person meets it: what it says, how it ends, and what it leaves behind. */
class CommandIT {

  private static final int SCREEN_LINES = 40;
  private static final int SCREEN_COLUMNS = 120;
  private static final int USAGE = 2;
  private static final int ENVIRONMENT = 3;
  private static final int REFUSED = 4;

  @Test
  void help_fits_a_screen_and_shows_examples() {
    Command help = Command.run("--help");
    assertThat(help.exitCode()).isZero();
    List<String> lines = help.out().lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(SCREEN_LINES);
    assertThat(lines)
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(SCREEN_COLUMNS));
    assertThat(help.out())
        .contains("Examples:", "up", "demo", "replay", "check", "stock", "quote", "order", "queue")
        .contains("receive", "po", "outbox", "bench");
  }

  @Test
  void version_is_one_line() {
    Command version = Command.run("--version");
    assertThat(version.exitCode()).isZero();
    assertThat(version.out().strip()).matches("backorder \\d+\\.\\d+\\.\\d+\\S* on Java \\d+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fly",
        "up --replicas 0",
        "up --replicas two",
        "up --base-port 80",
        "up --base-port 99999999999",
        "replay",
        "replay --orders /no/such/file.csv",
        "quote TEA",
        "quote TEA minus-one",
        "transfer ship no-id",
        "bench no-such",
        "bench hot-sku --seconds 0",
        "bench quote --in-flight 1001",
        "order place TEA:1"
      })
  void a_wrong_command_line_ends_with_one_sentence(String arguments) {
    Command command = Command.run(arguments.split(" "));
    assertThat(command.exitCode()).isEqualTo(USAGE);
    assertThat(command.out()).isEmpty();
    assertThat(command.err().lines()).hasSize(1);
    assertThat(command.err()).doesNotContain("Exception").containsPattern("[.`]\\s*$");
  }

  @Test
  void nobody_there_is_said_in_one_sentence() {
    Ports ports = Ports.findFree(1);
    Command command = Command.run("stock", "TEA", "--base-port", Integer.toString(ports.base()));
    assertThat(command.exitCode()).isEqualTo(ENVIRONMENT);
    assertThat(command.err().lines()).hasSize(1);
    assertThat(command.err()).contains("backorder up");
  }

  @Test
  void a_bench_measures_beside_its_baselines_and_nothing_is_sold_twice() throws IOException {
    Path json = BackorderSystem.freshFolder("bench").resolveSibling("bench.json");
    Command bench =
        Command.run(
            "bench", "hot-sku", "--seconds", "3", "--in-flight", "16", "--json", json.toString());
    assertThat(bench.exitCode()).as(bench.out() + bench.err()).isZero();
    assertThat(bench.out())
        .contains("5,000 callers at once for 500 units: 500 granted, 4,500 refused, 0 errors")
        .contains("invariants hold");
    JsonNode result = new ObjectMapper().readTree(json.toFile());
    assertThat(result.properties())
        .extracting(Map.Entry::getKey)
        .contains("bench", "seconds", "in_flight", "throughput_per_second", "p50_ms", "p99_ms")
        .contains("baseline_echo_per_second", "baseline_row_per_second", "ratio_to_echo")
        .contains("ratio_to_row", "oversold_units", "errors", "peak_rss_mb");
    assertThat(result.get("oversold_units").asLong()).isZero();
    assertThat(result.get("errors").asLong()).isZero();
    for (String measured :
        List.of("throughput_per_second", "baseline_echo_per_second", "baseline_row_per_second")) {
      assertThat(result.get(measured).asDouble()).as(measured).isPositive();
    }
  }

  @Test
  void a_busy_port_is_named() throws IOException {
    Ports ports = Ports.findFree(1);
    int taken = ports.http(ServiceKind.ORDER, 1);
    try (ServerSocket socket = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
      Command up = up(BackorderSystem.freshFolder("busy"), ports);
      assertThat(up.exitCode()).isEqualTo(ENVIRONMENT);
      assertThat(up.err().lines()).hasSize(1);
      assertThat(up.err()).contains(Integer.toString(socket.getLocalPort()), "--base-port");
      assertThat(up.out()).isEmpty();
    }
  }

  @Test
  void it_stops_cleanly_goes_on_with_the_same_data_and_leaves_nothing_behind_when_killed() {
    Path data = BackorderSystem.freshFolder("up");
    Ports ports = Ports.findFree(1);
    String port = Integer.toString(ports.base());
    Map<String, ProcessHandle> first;
    try (Command up = up(data, ports).awaitReady()) {
      assertThat(up.out())
          .contains("inventory-service", "order-service", "supplier-service")
          .contains("notification-service", "PostgreSQL", "SMTP");
      first = new Processes(data).alive();
      assertThat(first).hasSize(5);
      openShop(ports);
      secondUpOnTheSameDataIsRefused(data);
      orderThreeMugs(port);
      assertThat(Command.run("check", "--base-port", port).exitCode()).isZero();
      up.terminate();
      up.exitCode();
    }
    allGone(first);

    Map<String, ProcessHandle> second;
    try (Command up = up(data, ports).awaitReady()) {
      Command shown = Command.run("order", "show", "A-1", "--base-port", port);
      assertThat(shown.exitCode()).as(shown.err()).isZero();
      assertThat(shown.out()).contains("MUG");
      Command unknown = Command.run("order", "show", "A-2", "--base-port", port);
      assertThat(unknown.exitCode()).isEqualTo(USAGE);
      assertThat(unknown.err().lines()).hasSize(1);
      second = new Processes(data).alive();
      assertThat(second).hasSize(5);
      up.kill();
    }
    allGone(second);
  }

  @Test
  void a_transfer_is_planned_shipped_and_received() {
    Ports ports = Ports.findFree(1);
    String port = Integer.toString(ports.base());
    try (Command up = up(BackorderSystem.freshFolder("transfer"), ports).awaitReady()) {
      openShop(ports);
      orderThreeMugs(port);
      moveAMug(port);
      Command check = Command.run("check", "--base-port", port);
      assertThat(check.exitCode()).as(check.out()).isZero();
      up.terminate();
      up.exitCode();
    }
  }

  private static Command up(Path data, Ports ports) {
    return Command.start(
        "up", "--data", data.toString(), "--base-port", Integer.toString(ports.base()));
  }

  private static void openShop(Ports ports) {
    Duration time = Duration.ofSeconds(20);
    try (Cluster cluster = new Cluster("127.0.0.1", ports, 1, time, time)) {
      new ShopSetup(cluster)
          .location("MAIN")
          .location("NORTH")
          .item("MUG", 10, 1, 5)
          .stock("MAIN", "MUG", 5);
    }
  }

  private static void orderThreeMugs(String port) {
    String[] order = {"order", "place", "-c", "ada", "--reference", "A-1", "MUG:3@2.55"};
    Command placed = Command.run(atPort(port, order));
    assertThat(placed.exitCode()).as(placed.err()).isZero();
  }

  /** Of five mugs an order has three: two can go elsewhere, and one does. */
  private static void moveAMug(String port) {
    Command tooMany = transfer(port, "create", "MAIN", "NORTH", "MUG:3");
    assertThat(tooMany.exitCode()).isEqualTo(REFUSED);
    assertThat(tooMany.err()).contains("must not be above the 2 that are available");
    Command planned = transfer(port, "create", "MAIN", "NORTH", "MUG:2");
    assertThat(planned.exitCode()).as(planned.err()).isZero();
    String id = uuid(planned.out().lines().findFirst().orElseThrow());
    Command shipped = transfer(port, "ship", id, "MUG:1");
    assertThat(shipped.exitCode()).as(shipped.err()).isZero();
    Command again = transfer(port, "ship", id);
    assertThat(again.exitCode()).isEqualTo(REFUSED);
    assertThat(again.err().lines()).hasSize(1);
    assertThat(transfer(port, "list", "--open").out()).contains(id, "NORTH");

    String supply = uuid(transfer(port, "show", id).out().lines().skip(1).toList().toString());
    Command received = Command.run("receive", supply, "1", "--base-port", port);
    assertThat(received.exitCode()).as(received.err()).isZero();
    assertThat(transfer(port, "list", "--open").out()).contains("no such transfer");
  }

  private static Command transfer(String port, String... arguments) {
    List<String> all = new ArrayList<>(List.of("transfer"));
    all.addAll(List.of(arguments));
    return Command.run(atPort(port, all.toArray(String[]::new)));
  }

  private static String[] atPort(String port, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--base-port", port));
    return all.toArray(String[]::new);
  }

  private static String uuid(String text) {
    Matcher id = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").matcher(text);
    assertThat(id.find()).as(text).isTrue();
    return id.group();
  }

  private static void secondUpOnTheSameDataIsRefused(Path data) {
    Command second = up(data, Ports.findFree(1));
    assertThat(second.exitCode()).isEqualTo(ENVIRONMENT);
    assertThat(second.err().lines()).hasSize(1);
    assertThat(second.err()).contains("running");
  }

  private static void allGone(Map<String, ProcessHandle> processes) {
    processes.forEach(
        (name, process) ->
            await(name + " has ended").atMost(EVENTUALLY).until(() -> !process.isAlive()));
  }
}
