package dev.backorder.platform.sql;

import jakarta.enterprise.context.ApplicationScoped;
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
  private final DataSource dataSource;

  Sql(DataSource dataSource) {
    this.dataSource = dataSource;
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
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw new SqlFailure(e);
    }
  }

  /** Runs a query, or a statement with RETURNING, and reads every row. */
  public <T> List<T> list(Row<T> row, String sql, Object... parameters) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = prepare(connection, sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(row.read(rows));
      }
      return found;
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
