package dev.backorder.systemtests.replay;

import dev.backorder.cli.stack.Ports;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.Processes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Kills one process of each service, in a drawn order, at drawn places of a replay: so many facts
 * after the last one. The pace of the machine does not matter.
 */
final class Killer implements Runnable {

  private static final int REPLICAS = 2;
  private static final long POLL_MILLIS = 100;
  private static final int FACTS_BETWEEN = 70;

  private final Processes processes;
  private final Ports ports;
  private final Random random;
  private final List<String> killed = Collections.synchronizedList(new ArrayList<>());

  Killer(Processes processes, Ports ports, long seed) {
    this.processes = processes;
    this.ports = ports;
    this.random = new Random(seed);
  }

  /** Names of what was killed. */
  List<String> killed() {
    return List.copyOf(killed);
  }

  @Override
  public void run() {
    List<ServiceKind> kinds = new ArrayList<>(List.of(ServiceKind.values()));
    Collections.shuffle(kinds, random);
    long place = 0;
    try {
      for (ServiceKind kind : kinds) {
        place += 1 + random.nextInt(FACTS_BETWEEN);
        String name = kind.module() + "-" + (1 + random.nextInt(REPLICAS));
        while (factsOfOrders() < place) {
          // Between two looks at the feed; interrupted when the replay is over.
          Thread.sleep(POLL_MILLIS);
        }
        if (processes.kill(name)) {
          System.out.println("killed " + name + " after " + place + " facts of orders");
          killed.add(name);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How far the feed of order-service has come; nothing before there is one. */
  private long factsOfOrders() {
    String url =
        "jdbc:postgresql://127.0.0.1:" + ports.database() + "/" + ServiceKind.ORDER.database();
    try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select position from feed_head")) {
      return rows.next() ? rows.getLong(1) : 0;
    } catch (SQLException e) {
      return 0;
    }
  }
}
