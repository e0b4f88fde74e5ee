package dev.backorder.systemtests.testing;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.check.Invariant;
import dev.backorder.cli.stack.DataFolder;
import dev.backorder.cli.stack.MailIndex;
import dev.backorder.cli.stack.MailText;
import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.cli.stack.Stack;
import dev.backorder.cli.stack.StackOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The packaged services, PostgreSQL with {@code fsync} on and the mail catcher, as processes of
 * their own on free ports, with their data under {@code target}.
 */
public final class BackorderSystem implements AutoCloseable {

  /** How long anything may take that happens eventually: machines that run tests are slow. */
  public static final Duration EVENTUALLY = Duration.ofSeconds(90);

  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
  private static BackorderSystem shared;

  private final Stack stack;
  private final Ports ports;
  private final Cluster cluster;
  private final List<ManagedChannel> channels = new ArrayList<>();

  private BackorderSystem(Stack stack, Ports ports, Cluster cluster) {
    this.stack = stack;
    this.ports = ports;
    this.cluster = cluster;
  }

  /** Starts with empty data, in real time. */
  public static BackorderSystem start(String name, int replicas) {
    Path data = freshFolder(name);
    Ports ports = Ports.findFree(replicas);
    Stack stack =
        Stack.start(
            new StackOptions(home(), data, ports, replicas, Optional.empty(), true),
            line -> System.out.println("[" + name + "] " + line));
    Duration patience = Duration.ofMinutes(2);
    return new BackorderSystem(
        stack, ports, new Cluster("127.0.0.1", ports, replicas, ATTEMPT, patience));
  }

  /** One system, one replica of each service, for every test that leaves it running. */
  public static synchronized BackorderSystem shared() {
    if (shared == null) {
      // The stack stops itself when the test's process ends.
      shared = start("shared", 1);
    }
    return shared;
  }

  /** The project folder, with the built modules in it. */
  public static Path home() {
    return StackOptions.projectFolder();
  }

  /** An empty folder below {@code target}. */
  public static Path freshFolder(String name) {
    Path folder = Path.of("target", "systems", name).toAbsolutePath();
    DataFolder.deleteTree(folder);
    return folder;
  }

  /** Calls that are repeated when a service is gone for a while. */
  public Cluster cluster() {
    return cluster;
  }

  /** Where everybody listens. */
  public Ports ports() {
    return ports;
  }

  /** Where the system keeps its data. */
  public Path data() {
    return stack.folder().root();
  }

  /** A plain channel to the first replica of a service. */
  public synchronized ManagedChannel channel(ServiceKind kind) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", ports.grpc(kind, 1))
            .usePlaintext()
            .disableRetry()
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .build();
    channels.add(channel);
    return channel;
  }

  /** A connection to a service's own database. */
  public Connection database(ServiceKind kind) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + ports.database() + "/" + kind.database();
    return DriverManager.getConnection(url, "postgres", "postgres");
  }

  /** The processes that run at present. */
  public Processes processes() {
    return new Processes(data());
  }

  /** Mails that match, in order of arrival. */
  public List<MailIndex.Mail> mails(Predicate<MailIndex.Mail> wanted) {
    return MailIndex.find(stack.folder().mail(), wanted);
  }

  /** Head and plain text of a mail. */
  public String text(MailIndex.Mail mail) {
    return String.join("\n", MailText.read(stack.folder().mail().resolve(mail.file())));
  }

  /** The invariants that do not hold, each with what differs; what is on its way gets its time. */
  public List<Invariant> brokenInvariants() {
    List<Invariant> invariants = new ConsistencyAudit(cluster).run(30, 1000);
    if (invariants.isEmpty()) {
      throw new AssertionError("nothing was checked");
    }
    return invariants.stream().filter(invariant -> !invariant.holds()).toList();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    cluster.close();
    stack.close();
  }
}
