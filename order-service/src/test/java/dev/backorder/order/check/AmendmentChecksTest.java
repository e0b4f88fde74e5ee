package dev.backorder.order.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each check of amendments finds its damage, and nothing when it is repaired. */
@QuarkusTest
class AmendmentChecksTest extends OrderServiceTest {

  @Test
  void units_on_their_way_out_that_nobody_gives_up_are_found() {
    UUID orderId = UUID.fromString(changed().getOrderId());
    run(
        "UPDATE order_line SET releasing_quantity = 1 WHERE order_id = ? AND line_number = 1",
        orderId);
    assertThat(wrong()).containsExactly("releasing_units_have_a_wish");
    run(
        "UPDATE order_line SET releasing_quantity = 0 WHERE order_id = ? AND line_number = 1",
        orderId);
  }

  @Test
  void a_line_that_is_not_as_it_was_added_is_found() {
    UUID orderId = UUID.fromString(changed().getOrderId());
    run("UPDATE added_line SET ordered_quantity = 9 WHERE order_id = ?", orderId);
    assertThat(wrong()).containsExactly("added_lines_are_in_orders");
    run("UPDATE added_line SET ordered_quantity = 2 WHERE order_id = ?", orderId);
    run("UPDATE amendment SET state = 'REFUSED' WHERE order_id = ?", orderId);
    assertThat(wrong()).containsExactly("added_lines_are_in_orders");
    run("UPDATE amendment SET state = 'DONE' WHERE order_id = ?", orderId);
  }

  @Test
  void a_value_that_is_not_that_of_the_lines_is_found() {
    UUID orderId = UUID.fromString(changed().getOrderId());
    run("UPDATE customer_order SET total_minor = total_minor + 1 WHERE order_id = ?", orderId);
    assertThat(wrong()).containsExactly("order_totals_match_lines");
    run("UPDATE customer_order SET total_minor = total_minor - 1 WHERE order_id = ?", orderId);
  }

  private Order changed() {
    inventory.stock(sku, 10);
    Order placed = place(5);
    return orders
        .changeOrder(
            ChangeOrderRequest.newBuilder()
                .setRequestId(id())
                .setOrderId(placed.getOrderId())
                .addMoreUnits(
                    OrderLineQuantity.newBuilder()
                        .setLineId(placed.getLines(0).getLineId())
                        .setQuantity(2))
                .build())
        .getOrder();
  }

  private static void run(String statement, UUID orderId) {
    QuarkusTransaction.requiringNew()
        .run(() -> Arc.container().instance(Sql.class).get().update(statement, orderId));
  }

  private static List<String> wrong() {
    return ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
        .getResultsList()
        .stream()
        .filter(result -> !result.getConsistent())
        .map(CheckResult::getCheck)
        .toList();
  }
}
