package dev.backorder.cli.replay;

import dev.backorder.cli.calls.CallTimes;
import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.RequestIds;
import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.Progress;
import dev.backorder.cli.console.Terminal;
import dev.backorder.cli.orderfile.OrderFile;
import dev.backorder.cli.orderfile.OrderFileScan;
import dev.backorder.cli.orderfile.Rejections;
import dev.backorder.cli.orderfile.Window;
import dev.backorder.cli.report.Figures;
import dev.backorder.cli.report.HtmlReport;
import dev.backorder.cli.report.Story;
import dev.backorder.cli.scenario.Draw;
import dev.backorder.cli.scenario.Scenario;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.Stack;
import dev.backorder.cli.stack.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One replay from an order file to a report: it starts the system on fresh data, plays, measures
 * and checks.
 */
public final class Replay {

  private static final Duration ATTEMPT = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  private final Request request;
  private final Terminal terminal;
  private volatile Consumer<String> notes;

  /**
   * What to replay, and where to put what comes out.
   *
   * @param orders the file
   * @param first first day; empty starts with the file
   * @param last last day; empty ends with the file
   * @param scenario everything that the file does not say
   * @param descriptions of items, by SKU
   * @param replicas processes of each service
   * @param ports where they listen
   * @param data fresh folder for the system
   * @param report folder for the report
   */
  public record Request(
      Path orders,
      Optional<LocalDate> first,
      Optional<LocalDate> last,
      Scenario scenario,
      Map<String, String> descriptions,
      int replicas,
      Ports ports,
      Path data,
      Path report) {}

  /**
   * What came out.
   *
   * @param figures the numbers
   * @param invariants outcome of the checks
   * @param story one order; empty when none waited
   * @param html the report
   * @param rejected the list of rejected rows
   * @param peakMemoryBytes summed PSS of everything at its highest; 0 where the system does not
   *     tell
   */
  public record Outcome(
      Figures figures,
      List<Invariant> invariants,
      Optional<Story> story,
      Path html,
      Path rejected,
      long peakMemoryBytes) {}

  /** Prepares a replay. */
  public Replay(Request request, Terminal terminal) {
    this.request = request;
    this.terminal = terminal;
    this.notes = terminal::note;
  }

  /** Does it all; the system is stopped at the end, its data stay. */
  public Outcome run() {
    Scenario scenario = request.scenario();
    OrderFile file = new OrderFile(request.orders(), scenario.rowRules());
    Window window = Window.ofDays(request.first(), request.last(), scenario.warehouse().zone());
    OrderFileScan scan = OrderFileScan.of(file, window);
    Instant first =
        scan.first()
            .orElseThrow(
                () ->
                    CommandFailure.usage(
                        "No usable row of "
                            + request.orders()
                            + " lies in the window: check --from and --to."));
    Instant start =
        first.atZone(scenario.warehouse().zone()).truncatedTo(ChronoUnit.DAYS).toInstant();
    createFolder(request.report());
    StackOptions options =
        new StackOptions(
            StackOptions.projectFolder(),
            request.data(),
            request.ports(),
            request.replicas(),
            Optional.of(start),
            true,
            Map.of(
                "BACKORDER_REPLENISHMENT_REVIEW_INTERVAL",
                Duration.ofHours(scenario.stock().reviewHours()).toString()));
    Path rejected = request.report().resolve("rejected-rows.csv");
    try (Stack stack = Stack.start(options, line -> notes.accept(line));
        Cluster cluster =
            new Cluster("127.0.0.1", request.ports(), request.replicas(), ATTEMPT, PATIENCE);
        Rejections rejections = Rejections.writingTo(rejected);
        MemoryWatch memory = MemoryWatch.start(stack)) {
      return play(stack, cluster, file, scan, window, start, rejections, memory, rejected);
    }
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw CommandFailure.usage(
          "The report folder " + folder + " cannot be made: give another one with --report.");
    }
  }

  private Outcome play(
      Stack stack,
      Cluster cluster,
      OrderFile file,
      OrderFileScan scan,
      Window window,
      Instant start,
      Rejections rejections,
      MemoryWatch memory,
      Path rejected) {
    Scenario scenario = request.scenario();
    Tallies tallies = new Tallies();
    StoryCandidates candidates = new StoryCandidates();
    RequestIds requestIds = RequestIds.ofRun(scenario.seed() + " " + start);
    try (Parallel parallel = new Parallel();
        SimulatedTime time = new SimulatedTime(cluster, start)) {
      Shop shop =
          new Shop(
              cluster,
              scenario,
              requestIds,
              new Draw(scenario.seed()),
              time,
              new Agenda(),
              tallies,
              parallel);
      terminal.note(
          String.format(
              Locale.ROOT,
              "Setting up %,d items and %d suppliers ...",
              scan.demand().size(),
              scenario.suppliers().size()));
      tallies.opened(
          new Catalogue(cluster, scenario, requestIds, request.descriptions())
              .create(scan.demand()));
      double seconds = playAll(shop, file, scan, window, rejections, candidates);
      writeCallTimes(cluster);
      terminal.note("Checking the books of all services ...");
      List<Invariant> invariants =
          new Measurement(cluster, tallies, stack).invariants(new ConsistencyAudit(cluster));
      Figures figures =
          new Measurement(cluster, tallies, stack).figures(rejections.total(), invariants, seconds);
      Optional<Story> story =
          new StoryTeller(cluster, scenario, request.descriptions(), stack.folder().mail())
              .tell(candidates.orderIds());
      Path html = request.report().resolve("index.html");
      HtmlReport.write(
          html,
          new HtmlReport.Content(
              scenario.name(),
              subtitle(scan, scenario, memory.peakBytes()),
              figures,
              tallies.days(),
              tallies.weeks(),
              tallies.promises(),
              story,
              rows(scan, tallies, rejections),
              rejections,
              invariants));
      return new Outcome(figures, invariants, story, html, rejected, memory.peakBytes());
    }
  }

  /** Where the time of the replay went, for those who want to make it faster. */
  private void writeCallTimes(Cluster cluster) {
    StringBuilder csv = new StringBuilder("method,calls,seconds,longest_seconds\n");
    for (CallTimes.Total total : cluster.times().totals()) {
      csv.append(
          String.format(
              Locale.ROOT,
              "%s,%d,%.3f,%.3f%n",
              total.method(),
              total.calls(),
              total.seconds(),
              total.longestSeconds()));
    }
    try {
      Files.writeString(request.report().resolve("calls.csv"), csv);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private double playAll(
      Shop shop,
      OrderFile file,
      OrderFileScan scan,
      Window window,
      Rejections rejections,
      StoryCandidates candidates) {
    long started = System.nanoTime();
    try (Progress progress = new Progress(terminal, "Replaying", "invoices", scan.invoiceCount())) {
      notes = progress::note;
      Customers customers = new Customers(shop, rejections, candidates);
      DateTimeFormatter clock = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
      new ReplayDriver(
              shop,
              customers,
              position ->
                  progress.update(
                      position.invoices(),
                      position.time().format(clock)
                          + String.format(
                              Locale.ROOT, ", %,d units waiting", position.waitingUnits())))
          .play(file, scan, window, rejections);
    } finally {
      notes = terminal::note;
    }
    return (System.nanoTime() - started) / 1e9;
  }

  private String subtitle(OrderFileScan scan, Scenario scenario, long peakBytes) {
    DateTimeFormatter day = DAY.withZone(scenario.warehouse().zone());
    String memory =
        peakBytes == 0 ? "" : String.format(Locale.ROOT, ", peak memory %.2f GB", peakBytes / 1e9);
    return String.format(
        Locale.ROOT,
        "%s to %s, %,d invoices, %d process%s of each service%s",
        day.format(scan.first().orElseThrow()),
        day.format(scan.last().orElseThrow()),
        scan.invoiceCount(),
        request.replicas(),
        request.replicas() == 1 ? "" : "es",
        memory);
  }

  /** Every row is used in exactly one way. */
  static Map<String, Long> rows(OrderFileScan scan, Tallies tallies, Rejections rejections) {
    Map<String, Long> rows = new LinkedHashMap<>();
    rows.put("Order lines", tallies.orderLineRows());
    rows.put("Cancellations and returns", tallies.takenBackRows());
    rows.put("Rejected", rejections.total());
    rows.put("Outside the window", scan.outsideCount());
    rows.put("All rows of the file", scan.rowCount());
    long used =
        tallies.orderLineRows()
            + tallies.takenBackRows()
            + rejections.total()
            + scan.outsideCount();
    if (used != scan.rowCount()) {
      throw new IllegalStateException("rows do not add up: " + rows);
    }
    return rows;
  }

  /** Reads a temporary folder's name for a run that keeps nothing but its report. */
  public static Path freshFolder() {
    try {
      return Files.createTempDirectory("backorder-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
