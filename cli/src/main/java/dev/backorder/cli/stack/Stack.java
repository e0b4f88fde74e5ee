package dev.backorder.cli.stack;

import dev.backorder.cli.console.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The whole system on this machine: PostgreSQL, the SMTP catcher and N processes of each service.
 * It starts them in this order, brings a part that crashes back, and stops them the other way
 * round. Closing twice is harmless.
 */
public final class Stack implements AutoCloseable {

  private static final Duration READY_WAIT = Duration.ofMinutes(3);
  private static final Duration DRAIN_WAIT = Duration.ofSeconds(30);
  private static final long READY_POLL_MILLIS = 150;

  private final StackOptions options;
  private final DataFolder folder;
  private final RunningProcesses running;
  private final Watchdog watchdog;
  private final List<ServiceProcess> services = new ArrayList<>();
  private EmbeddedDatabase database;
  private MailCatcher mail;
  private Supervisor supervisor;
  private volatile boolean closed;

  private Stack(
      StackOptions options, DataFolder folder, RunningProcesses running, Watchdog watchdog) {
    this.options = options;
    this.folder = folder;
    this.running = running;
    this.watchdog = watchdog;
  }

  /**
   * Starts everything and returns when every replica is ready.
   *
   * @param notes is told each step, and later each crash and restart
   */
  public static Stack start(StackOptions options, Consumer<String> notes) {
    DataFolder folder = DataFolder.take(options.data());
    Stack stack = null;
    try {
      RunningProcesses running = new RunningProcesses(folder.processes());
      running
          .endLeftovers()
          .forEach(
              name -> notes.accept("Ended " + name + ", left behind by a run that was killed."));
      EmbeddedDatabase.endLeftover(folder.database());
      options.ports().requireFree(options.replicas());
      stack = new Stack(options, folder, running, Watchdog.start(folder.processes()));
      stack.startParts(notes);
      return stack;
    } catch (IOException e) {
      closeQuietly(stack, folder);
      throw CommandFailure.environment(
          "The services cannot be started: " + e.getMessage() + ".", e);
    } catch (RuntimeException | InterruptedException e) {
      closeQuietly(stack, folder);
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw CommandFailure.environment("Stopped while starting.", e);
      }
      throw (RuntimeException) e;
    }
  }

  private static void closeQuietly(Stack stack, DataFolder folder) {
    if (stack == null) {
      folder.close();
    } else {
      stack.close();
    }
  }

  private void startParts(Consumer<String> notes) throws IOException, InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopOnSignal(notes), "stack-closer"));
    notes.accept("Starting PostgreSQL on port " + options.ports().database() + " ...");
    EmbeddedDatabase started = startDatabase();
    mail = MailCatcher.start(folder.mail(), options.ports().smtp());
    notes.accept(
        String.format(
            Locale.ROOT,
            "Starting %d service processes ...",
            options.replicas() * ServiceKind.values().length));
    Map<ServiceKind, Path> jars = new EnumMap<>(ServiceKind.class);
    for (ServiceKind kind : ServiceKind.values()) {
      jars.put(
          kind, ServiceFiles.putAside(options.jar(kind), folder.programs().resolve(kind.module())));
    }
    for (int replica = 1; replica <= options.replicas(); replica++) {
      for (ServiceKind kind : ServiceKind.values()) {
        startService(
            new ServiceProcess(kind, replica, jars.get(kind), options, started, folder.logs()));
      }
    }
    awaitReady();
    supervisor = Supervisor.start(this, notes);
    Files.writeString(folder.address(), options.ports().base() + " " + options.replicas() + "\n");
  }

  private void stopOnSignal(Consumer<String> notes) {
    if (!closed) {
      notes.accept("Stopping services, mail catcher and PostgreSQL ...");
      close();
    }
  }

  private synchronized EmbeddedDatabase startDatabase() {
    requireOpen();
    database =
        EmbeddedDatabase.start(
            folder.database(),
            options.ports().database(),
            options.replicas(),
            folder.logs().resolve("postgresql.log"));
    running.add(EmbeddedDatabase.NAME, database.process());
    return database;
  }

  private synchronized void startService(ServiceProcess service) throws IOException {
    requireOpen();
    service.start();
    services.add(service);
    running.add(service.name(), service.process());
  }

  private void requireOpen() {
    if (closed) {
      throw CommandFailure.environment("Stopped while starting.");
    }
  }

  private void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + READY_WAIT.toNanos();
    for (ServiceProcess service : List.copyOf(services)) {
      while (!service.isReady()) {
        synchronized (this) {
          requireOpen();
        }
        if (!service.isAlive()) {
          throw CommandFailure.environment(
              service.name()
                  + " ended while starting (exit code "
                  + service.exitValue()
                  + "): "
                  + lastLine(service.log()));
        }
        if (System.nanoTime() > deadline) {
          throw CommandFailure.environment(
              service.name()
                  + " was not ready after "
                  + READY_WAIT.toSeconds()
                  + " s: read "
                  + service.log()
                  + ".");
        }
        Thread.sleep(READY_POLL_MILLIS);
      }
    }
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines =
          Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
      List<String> errors =
          lines.stream()
              .filter(line -> line.contains("ERROR") || line.contains("\"ERROR\""))
              .toList();
      List<String> telling = errors.isEmpty() ? lines : errors;
      String last = telling.isEmpty() ? "it said nothing" : telling.get(telling.size() - 1).strip();
      return "read "
          + log
          + " ("
          + (last.length() > 400 ? last.substring(0, 400) + " ..." : last)
          + ")";
    } catch (IOException e) {
      return "read " + log;
    }
  }

  /** Brings a crashed database back on the same data. */
  synchronized void restartDatabase() {
    if (!closed) {
      database.stop();
      startDatabase();
    }
  }

  /** Brings a crashed replica back. */
  synchronized void restart(ServiceProcess service) throws IOException {
    if (!closed) {
      service.start();
      running.add(service.name(), service.process());
    }
  }

  synchronized boolean databaseIsAlive() {
    return database.isAlive();
  }

  synchronized List<ServiceProcess> services() {
    return List.copyOf(services);
  }

  /** How it was started. */
  public StackOptions options() {
    return options;
  }

  /** Where it keeps everything. */
  public DataFolder folder() {
    return folder;
  }

  /** The mails of this run and earlier ones on the same data. */
  public MailCatcher mail() {
    return mail;
  }

  /** A connection to the database of a service, for measurements beside it. */
  public Connection connect(ServiceKind kind) throws SQLException {
    return database.connect(kind);
  }

  /** The processes of the services by name, and of the database. */
  public Map<String, ProcessHandle> processes() {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    services().forEach(service -> processes.put(service.name(), service.process()));
    processes.put(EmbeddedDatabase.NAME, database.process());
    return processes;
  }

  /**
   * Summed memory (PSS) of the services, PostgreSQL and this process, in bytes; 0 where the system
   * does not tell.
   */
  public long memoryBytes() {
    List<ProcessHandle> roots;
    synchronized (this) {
      roots =
          services.stream()
              .filter(ServiceProcess::isAlive)
              .map(ServiceProcess::process)
              .collect(Collectors.toList());
      if (database != null) {
        roots.add(database.process());
      }
    }
    return ProcessMemory.pssBytesOfTrees(roots)
        + ProcessMemory.pssBytes(ProcessHandle.current().pid()).orElse(0);
  }

  /**
   * Stops services, then SMTP, then PostgreSQL, each in an orderly way, whatever state they are in.
   */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (supervisor != null) {
        supervisor.stop();
      }
      stopServices();
      if (mail != null) {
        mail.close();
      }
      if (database != null) {
        database.stop();
      }
      running.clear();
      watchdog.close();
      folder.address().toFile().delete();
      folder.close();
    }
  }

  private void stopServices() {
    services.forEach(ServiceProcess::askToStop);
    long deadline = System.nanoTime() + DRAIN_WAIT.toNanos();
    for (ServiceProcess service : services) {
      try {
        long left = Math.max(1, deadline - System.nanoTime());
        service.process().onExit().get(left, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        service.kill();
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        service.kill();
      }
    }
  }
}
