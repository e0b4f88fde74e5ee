package dev.backorder.cli.bench;

import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.cli.stack.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * What a plain program does: one transaction per request on the same database, with a conditional
 * update per unit, a row for the allocation and a row for the event. Prepared on the server, one
 * connection per thread.
 */
final class RowBaseline implements AutoCloseable {

  private static final List<Integer> THREADS = List.of(4, 16, 64);
  private static final int EVENT_BYTES = 200;

  private final Stack stack;
  private final LongFunction<List<String>> skusOf;
  private final AtomicLong numbers = new AtomicLong();
  private final List<Worker> workers = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(RowBaseline::thread);
  private int best;

  /**
   * Makes its tables.
   *
   * @param skus that it sells, with plenty of each
   * @param skusOf what request number n asks for, without repetition and in one order for all
   */
  RowBaseline(Stack stack, List<String> skus, LongFunction<List<String>> skusOf) {
    this.stack = stack;
    this.skusOf = skusOf;
    try (Connection connection = stack.connect(ServiceKind.INVENTORY);
        Statement statement = connection.createStatement()) {
      statement.execute("create schema bench");
      statement.execute(
          "create table bench.stock (sku text primary key, available bigint not null)");
      statement.execute(
          "create table bench.allocation (id bigint primary key, sku text not null, quantity bigint not null)");
      statement.execute(
          "create table bench.event (id bigserial primary key, payload bytea not null)");
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into bench.stock select sku, 1000000000 from unnest(?) as s(sku)")) {
        insert.setArray(1, connection.createArrayOf("text", skus.toArray(new String[0])));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "bench-row");
    thread.setDaemon(true);
    return thread;
  }

  /** Tries each number of threads and keeps the best. */
  int findBest(Duration each) {
    double most = -1;
    for (int count : THREADS) {
      double reached = run(count, each).perSecond();
      if (reached > most) {
        most = reached;
        best = count;
      }
    }
    return best;
  }

  /** Loads for so long with the best number of threads. */
  Load run(Duration time) {
    return run(best, time);
  }

  private Load run(int count, Duration time) {
    try {
      while (workers.size() < count) {
        workers.add(new Worker(stack.connect(ServiceKind.INVENTORY)));
      }
      long end = System.nanoTime() + time.toNanos();
      long started = System.nanoTime();
      List<Future<Histogram>> running = new ArrayList<>();
      for (Worker worker : workers.subList(0, count)) {
        running.add(threads.submit(() -> worker.work(end)));
      }
      Histogram nanos = new Histogram(Load.DIGITS);
      for (Future<Histogram> one : running) {
        nanos.add(one.get());
      }
      return new Load(nanos.getTotalCount(), 0, 0, (System.nanoTime() - started) / 1e9, nanos);
    } catch (SQLException | ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private static CommandFailure failed(Exception e) {
    return CommandFailure.environment("The row baseline failed: " + e.getMessage() + ".", e);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    workers.forEach(Worker::close);
  }

  private final class Worker {
    private final Connection connection;
    private final PreparedStatement take;
    private final PreparedStatement allocate;
    private final PreparedStatement record;
    private final byte[] event = new byte[EVENT_BYTES];

    Worker(Connection connection) throws SQLException {
      this.connection = connection;
      connection.setAutoCommit(false);
      take =
          connection.prepareStatement(
              "update bench.stock set available = available - 1 where sku = ? and available >= 1");
      allocate = connection.prepareStatement("insert into bench.allocation values (?, ?, 1)");
      record = connection.prepareStatement("insert into bench.event (payload) values (?)");
    }

    Histogram work(long end) throws SQLException {
      Histogram nanos = new Histogram(Load.DIGITS);
      for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
        long number = numbers.getAndIncrement();
        List<String> skus = skusOf.apply(number);
        for (int i = 0; i < skus.size(); i++) {
          take.setString(1, skus.get(i));
          if (take.executeUpdate() != 1) {
            throw new SQLException("sold out");
          }
          allocate.setLong(1, number * skus.size() + i);
          allocate.setString(2, skus.get(i));
          allocate.executeUpdate();
        }
        record.setBytes(1, event);
        record.executeUpdate();
        connection.commit();
        nanos.recordValue(System.nanoTime() - now);
      }
      return nanos;
    }

    void close() {
      try {
        connection.close();
      } catch (SQLException e) {
        System.getLogger(RowBaseline.class.getName())
            .log(System.Logger.Level.DEBUG, "while closing", e);
      }
    }
  }
}
