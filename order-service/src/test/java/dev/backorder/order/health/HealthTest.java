package dev.backorder.order.health;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.backorder.order.testing.OrderServiceTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HealthTest extends OrderServiceTest {
  @Test
  void says_that_it_lives_is_ready_and_has_started() {
    for (String probe : new String[] {"live", "ready", "started"}) {
      RestAssured.get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
    }
  }

  @Test
  void offers_metrics_to_prometheus() {
    RestAssured.get("/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("jvm_memory_used_bytes"));
  }
}
