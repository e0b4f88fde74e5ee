package dev.backorder.notification;

import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.backorder.notification.testing.Notification;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.order.v1.Order;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a platform engineer sees. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class OperationTest {
  private Notification notification;

  @BeforeEach
  void makeWorld() {
    notification = Notification.inNewWorld().knowing("ada");
  }

  @Test
  void the_probes_answer() {
    for (String probe : new String[] {"live", "ready", "started"}) {
      given().get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
    }
  }

  @Test
  void a_mail_server_that_is_down_does_not_make_us_unready() {
    notification.mailServer.close();
    Order order = order("ada", line("22423", ready(1, LocalDate.of(2026, 3, 3))));
    notification.tell(order, placed(order));
    given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void what_became_of_deliveries_is_counted() {
    Order order = order("ada", line("22423", ready(1, LocalDate.of(2026, 3, 3))));
    notification.tell(order, placed(order));
    given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("backorder_delivery_possible_duplicates_total"))
        .body(
            containsString(
                "backorder_delivery_settled_total{kind=\"order_confirmed\",state=\"accepted\"}"));
  }
}
