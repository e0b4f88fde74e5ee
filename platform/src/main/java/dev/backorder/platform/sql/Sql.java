package dev.backorder.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.Serial;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Plain SQL on the connection of the current transaction (or on one of its own, committed at once,
 * outside any). Parameters may be {@link Instant}, {@link UUID}, numbers, text, bytes, booleans,
 * {@code null}, and arrays of {@code String}, {@code Long}, {@code Integer}, {@code UUID}, {@code
 * Instant} and {@code byte[]} for set-based statements with {@code unnest}.
 */
@ApplicationScoped
public class Sql {
  private static final int ANY = -1;

  private final DataSource dataSource;
  private final TransactionSynchronizationRegistry transaction;

  Sql(DataSource dataSource, TransactionSynchronizationRegistry transaction) {
    this.dataSource = dataSource;
    this.transaction = transaction;
  }

  /** Turns the present row into a value. */
  @FunctionalInterface
  public interface Row<T> {
    /** Reads the present row; never moves the cursor. */
    T read(ResultSet row) throws SQLException;
  }

  /** A statement failed; the cause says how. Never shown to callers. */
  public static final class SqlFailure extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    SqlFailure(SQLException cause) {
      super(cause);
    }
  }

  /** Runs a statement and returns how many rows it changed. */
  public int update(String sql, Object... parameters) {
    return run(PreparedStatement::getUpdateCount, sql, parameters);
  }

  /** Runs a query, or a statement with RETURNING, and reads every row. */
  public <T> List<T> list(Row<T> row, String sql, Object... parameters) {
    return run(
        statement -> {
          List<T> found = new ArrayList<>();
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              found.add(row.read(rows));
            }
          }
          return found;
        },
        sql,
        parameters);
  }

  /**
   * Puts a statement of this transaction off, to save its round trip: it is sent together with the
   * next one that is not put off, or before the commit. Outside a transaction it runs at once.
   *
   * <p>For writes of which nothing is needed at once. Statements of this class run in the order in
   * which they are called; Hibernate does not see what is put off. What fails, fails where it is
   * sent.
   */
  public void later(String sql, Object... parameters) {
    put(new Later(ANY, sql, Arrays.asList(parameters)));
  }

  /**
   * As {@link #later}, for a statement that must change so many rows: any other number undoes the
   * transaction.
   */
  public void later(int rows, String sql, Object... parameters) {
    put(new Later(rows, sql, Arrays.asList(parameters)));
  }

  private void put(Later statement) {
    if (transaction.getTransactionKey() == null) {
      run(statement::outcome, statement.sql(), statement.parameters().toArray());
    } else {
      putOff().add(statement);
    }
  }

  /** A statement that is put off, and how many rows it must change. */
  private record Later(int expected, String sql, List<Object> parameters) {
    int outcome(PreparedStatement sent) throws SQLException {
      int rows = sent.getUpdateCount();
      if (expected != ANY && expected != rows) {
        throw new IllegalStateException("%d of %d rows: %s".formatted(rows, expected, sql));
      }
      return rows;
    }
  }

  /** Reads what a statement brought. */
  @FunctionalInterface
  private interface Outcome<T> {
    T read(PreparedStatement sent) throws SQLException;
  }

  /** The statements of this transaction that are put off. */
  private List<Later> putOff() {
    Object known = transaction.getResource(Sql.class);
    if (known != null) {
      return ((PutOff) known).statements();
    }
    List<Later> statements = new ArrayList<>();
    transaction.putResource(Sql.class, new PutOff(statements));
    transaction.registerInterposedSynchronization(
        new Synchronization() {
          @Override
          public void beforeCompletion() {
            if (!statements.isEmpty()) {
              Later last = statements.remove(statements.size() - 1);
              run(last::outcome, last.sql(), last.parameters().toArray());
            }
          }

          @Override
          public void afterCompletion(int status) {}
        });
    return statements;
  }

  private record PutOff(List<Later> statements) {}

  private List<Later> takePutOff() {
    if (transaction.getTransactionKey() == null
        || !(transaction.getResource(Sql.class) instanceof PutOff putOff)) {
      return List.of();
    }
    List<Later> taken = List.copyOf(putOff.statements());
    putOff.statements().clear();
    return taken;
  }

  /** Sends a statement with those put off before it: the driver waits once for all answers. */
  private <T> T run(Outcome<T> outcome, String sql, Object... parameters) {
    List<Later> before = takePutOff();
    if (before.isEmpty()) {
      return send(before, outcome, sql, parameters);
    }
    StringBuilder all = new StringBuilder();
    List<Object> allParameters = new ArrayList<>();
    for (Later one : before) {
      all.append(one.sql()).append(";\n");
      allParameters.addAll(one.parameters());
    }
    Collections.addAll(allParameters, parameters);
    return send(before, outcome, all.append(sql).toString(), allParameters.toArray());
  }

  private <T> T send(List<Later> before, Outcome<T> outcome, String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      statement.execute();
      for (Later one : before) {
        one.outcome(statement);
        statement.getMoreResults();
      }
      return outcome.read(statement);
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** The first row, if any. */
  public <T> Optional<T> first(Row<T> row, String sql, Object... parameters) {
    List<T> found = list(row, sql, parameters);
    return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
  }

  /** The first column of the first row as a number, 0 when there is none. */
  public long number(String sql, Object... parameters) {
    return first(r -> r.getLong(1), sql, parameters).orElse(0L);
  }

  /** Reads a {@code timestamptz}; {@code null} when absent. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, toJdbc(connection, parameters[i]));
      }
      return statement;
    } catch (SQLException | RuntimeException e) {
      statement.close();
      throw e;
    }
  }

  private static Object toJdbc(Connection connection, Object value) throws SQLException {
    if (value instanceof Instant instant) {
      return utc(instant);
    }
    if (value instanceof Object[] values) {
      return array(connection, values);
    }
    return value;
  }

  private static Array array(Connection connection, Object[] values) throws SQLException {
    if (values instanceof Instant[] instants) {
      Object[] times = new Object[instants.length];
      for (int i = 0; i < times.length; i++) {
        times[i] = instants[i] == null ? null : utc(instants[i]).toString();
      }
      return connection.createArrayOf("timestamptz", times);
    }
    return connection.createArrayOf(typeName(values), values);
  }

  private static String typeName(Object[] values) {
    if (values instanceof Long[]) {
      return "bigint";
    }
    if (values instanceof Integer[]) {
      return "integer";
    }
    if (values instanceof UUID[]) {
      return "uuid";
    }
    if (values instanceof byte[][]) {
      return "bytea";
    }
    if (values instanceof Boolean[]) {
      return "boolean";
    }
    return "text";
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
