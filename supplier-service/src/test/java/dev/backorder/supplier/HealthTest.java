package dev.backorder.supplier;

import static io.restassured.RestAssured.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class HealthTest {
  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void every_probe_is_up(String probe) {
    get("/q/health/" + probe).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void metrics_tell_what_waits() {
    assertThat(get("/q/metrics").then().statusCode(200).extract().asString())
        .contains("backorder_needs_uncovered");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", SupplierServiceGrpc.SERVICE_NAME, PurchaseOrderServiceGrpc.SERVICE_NAME})
  void grpc_health_serves(String service) {
    HealthCheckResponse response =
        HealthGrpc.newBlockingStub(GrpcTestChannel.channel())
            .check(HealthCheckRequest.newBuilder().setService(service).build());
    assertThat(response.getStatus()).isEqualTo(HealthCheckResponse.ServingStatus.SERVING);
  }
}
