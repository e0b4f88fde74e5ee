package dev.backorder.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {

  @TempDir private Path folder;

  @Test
  void committed_rows_survive_a_stop_and_a_kill_and_the_server_is_durable() throws Exception {
    EmbeddedDatabase first = start();
    try {
      assertThat(first.setting("fsync")).isEqualTo("on");
      assertThat(first.setting("synchronous_commit")).isEqualTo("on");
      assertThat(first.setting("server_version")).startsWith("18");
      try (Connection connection = first.connect(ServiceKind.ORDER);
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE TABLE kept (n bigint)");
        statement.execute("INSERT INTO kept VALUES (1)");
      }
    } finally {
      first.stop();
    }
    assertThat(first.isAlive()).isFalse();

    EmbeddedDatabase second = start();
    try (Connection connection = second.connect(ServiceKind.ORDER);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO kept VALUES (2)");
    }
    second.process().destroyForcibly();
    second.process().onExit().join();

    // The pid file of the killed server is still there.
    assertThat(folder.resolve("pg/postmaster.pid")).exists();
    // Only releases the file lock, which a killed process would have released by dying.
    second.stop();
    assertThat(folder.resolve("pg/postmaster.pid")).exists();
    EmbeddedDatabase third = start();
    try {
      assertThat(count(third)).isEqualTo(2);
    } finally {
      third.stop();
    }
  }

  @Test
  void a_server_left_running_by_a_killed_run_is_stopped_and_its_data_are_used() throws Exception {
    EmbeddedDatabase orphan = start();
    try (Connection connection = orphan.connect(ServiceKind.ORDER);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE kept (n bigint)");
    }

    EmbeddedDatabase.endLeftover(folder.resolve("pg"));
    assertThat(orphan.isAlive()).isFalse();
    // Releases the file lock that the killed process would have released by dying.
    orphan.stop();

    EmbeddedDatabase next = start();
    try {
      assertThat(count(next)).isZero();
    } finally {
      next.stop();
    }
  }

  @Test
  void a_pid_file_that_names_a_stranger_harms_nobody() throws Exception {
    Path pg = Files.createDirectories(folder.resolve("pg"));
    Files.writeString(pg.resolve("postmaster.pid"), ProcessHandle.current().pid() + "\n");

    EmbeddedDatabase.endLeftover(pg);

    assertThat(ProcessHandle.current().isAlive()).isTrue();
  }

  private EmbeddedDatabase start() throws IOException {
    return EmbeddedDatabase.start(
        folder.resolve("pg"), freePort(), 1, folder.resolve("postgresql.log"));
  }

  private static long count(EmbeddedDatabase database) throws SQLException {
    try (Connection connection = database.connect(ServiceKind.ORDER);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM kept")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
