package dev.backorder.order.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.platform.testing.PostgresResource;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** A database with orders in it comes through the migrations that read them. */
class UpgradeTest {
  private static final String ORDER = "'00000000-0000-0000-0000-00000000000a'";
  private static final String LINE = "'00000000-0000-0000-0000-00000000000b'";

  @Test
  void what_left_before_ship_rules_has_its_share_of_the_value() throws SQLException {
    String url = PostgresResource.createDatabase("upgrade_" + System.nanoTime(), false);
    migrate(url, "7");
    try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
        Statement sql = connection.createStatement()) {
      placeOldOrder(sql);
      // Ten units at 100 for three: 33, 67, 100 ... up to 333.
      shipment(sql, 1, "SHIPPED", "2026-01-02", 1);
      shipment(sql, 2, "DELIVERED", "2026-01-03", 1);
      shipment(sql, 3, "SHIPPED", "2026-01-04", 5);
      shipment(sql, 4, "WITHDRAWN", null, 2);

      migrate(url, "latest");

      assertThat(column(sql, "SELECT left_quantity FROM order_line")).containsExactly("7");
      assertThat(
              column(
                  sql,
                  "SELECT l.value_minor FROM shipment_line l JOIN shipment s USING (shipment_id) ORDER BY shipment_seq"))
          .containsExactly("33", "34", "166", null);
      assertThat(column(sql, "SELECT ship_rule FROM customer_order"))
          .containsExactly("AS_AVAILABLE");
    }
  }

  private static void migrate(String url, String version) {
    Flyway.configure()
        .dataSource(url, "postgres", "postgres")
        .locations("filesystem:" + migrations())
        .target(version)
        .load()
        .migrate();
  }

  /** Of this service alone: the test jar of the platform has others under the same name. */
  private static Path migrations() {
    try {
      return Path.of(UpgradeTest.class.getResource("/db/migration/V1__orders.sql").toURI())
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void placeOldOrder(Statement sql) throws SQLException {
    sql.execute(
        """
        INSERT INTO customer_order (order_id, caller, place_request_id, place_fingerprint, reference, customer_id, channel,
            customer_class, priority, currency_code, total_minor, jurisdiction, buyer_type, destination_country,
            shortage_rule, state, version, place_time, order_complete_time)
        VALUES (%1$s, 'shop', %1$s, '', '', 'c', '', '', 0, 'EUR', 333, 'EU', 'CONSUMER', 'DE', 'REFUSE_ORDER', 'RESERVED', 1,
            '2026-01-01', '2026-01-01')"""
            .formatted(ORDER));
    sql.execute(
        """
        INSERT INTO order_line (order_id, line_id, line_number, sku, price_minor, price_quantity, accepts_worse,
            ordered_quantity, reserved_quantity, shipped_quantity, delivered_quantity)
        VALUES (%s, %s, 1, 'tea', 100, 3, true, 10, 3, 7, 1)"""
            .formatted(ORDER, LINE));
  }

  private static void shipment(Statement sql, int number, String state, String left, int units)
      throws SQLException {
    String id = "'00000000-0000-0000-0000-00000000010%d'".formatted(number);
    String time = left == null ? "NULL" : "'%s'".formatted(left);
    sql.execute(
        """
        INSERT INTO shipment (order_id, shipment_id, location, state, version, offer_time, ship_time, deliver_time)
        VALUES (%s, %s, 'main', '%s', 1, '2026-01-01', %s, %s)"""
            .formatted(ORDER, id, state, time, state.equals("DELIVERED") ? time : "NULL"));
    sql.execute(
        """
        INSERT INTO shipment_line (order_id, shipment_id, line_id, line_number, sku, quantity)
        VALUES (%s, %s, %s, 1, 'tea', %d)"""
            .formatted(ORDER, id, LINE, units));
  }

  private static List<String> column(Statement sql, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        values.add(rows.getString(1));
      }
    }
    return values;
  }
}
