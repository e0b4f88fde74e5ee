package dev.backorder.order.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.common.v1.Price;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.testing.SimulatedTime;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.arc.Arc;
import io.quarkus.test.common.QuarkusTestResource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What the component tests share: the application through its gRPC port, on a real PostgreSQL, with
 * a fake inventory-service and simulated time. Each test has items of its own. After each, every
 * consistency check must hold.
 */
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(InventoryResource.class)
public abstract class OrderServiceTest {
  private static final AtomicInteger NAMES = new AtomicInteger();

  protected final FakeInventory inventory = InventoryResource.inventory();
  protected final OrderServiceGrpc.OrderServiceBlockingStub orders =
      OrderServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
  protected final SimulatedTime time = new SimulatedTime(GrpcTestChannel.channel());

  /** An item that no other test uses. */
  protected final String sku = "SKU-" + NAMES.incrementAndGet();

  @BeforeEach
  void calm() {
    inventory.away(false);
    inventory.deaf(false);
    time.settle();
    inventory.today(today());
  }

  @AfterEach
  void everythingAgrees() {
    inventory.away(false);
    inventory.deaf(false);
    time.settle();
    List<CheckResult> wrong =
        ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
            .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
            .getResultsList()
            .stream()
            .filter(result -> !result.getConsistent())
            .toList();
    assertThat(wrong).isEmpty();
  }

  /** The service's day. */
  protected LocalDate today() {
    return LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
  }

  /** The day so many days from today. */
  protected LocalDate day(int fromToday) {
    return today().plusDays(fromToday);
  }

  /** A new request id. */
  protected static String id() {
    return UUID.randomUUID().toString();
  }

  /** A line at 2.50 a piece. */
  protected static PlaceOrderLine line(String sku, long quantity) {
    return PlaceOrderLine.newBuilder()
        .setSku(sku)
        .setQuantity(quantity)
        .setPrice(Price.newBuilder().setCurrencyCode("EUR").setAmountMinor(250))
        .build();
  }

  /** An order of these lines. */
  protected static PlaceOrderRequest.Builder order(PlaceOrderLine... lines) {
    return PlaceOrderRequest.newBuilder()
        .setRequestId(id())
        .setCustomerId("customer-1")
        .setCurrencyCode("EUR")
        .addAllLines(List.of(lines));
  }

  /** Places an order. */
  protected Order place(PlaceOrderRequest.Builder request) {
    return orders.placeOrder(request.build()).getOrder();
  }

  /** Places an order of one line of this test's item. */
  protected Order place(long quantity) {
    return place(order(line(sku, quantity)));
  }

  /** The order as it is now. */
  protected Order get(String orderId) {
    return orders.getOrder(GetOrderRequest.newBuilder().setOrderId(orderId).build()).getOrder();
  }

  /** The ledger of an order. */
  protected List<PromiseRecord> promises(String orderId) {
    return PromiseServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .listPromises(ListPromisesRequest.newBuilder().setOrderId(orderId).setPageSize(500).build())
        .getPromisesList();
  }

  /** Every fact that was published about an order, in feed order. */
  protected List<OrderEvent> facts(String orderId) {
    time.settle();
    FeedServiceGrpc.FeedServiceBlockingStub feed =
        FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    List<OrderEvent> facts = new ArrayList<>();
    String cursor = "";
    boolean more = true;
    long version = 0;
    while (more) {
      ListEventsResponse page =
          feed.listEvents(
              ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(1000).build());
      for (Event event : page.getEventsList()) {
        if (event.getKey().equals(orderId)) {
          assertThat(event.getKeyVersion()).isGreaterThan(version);
          version = event.getKeyVersion();
          facts.add(unpack(event.getPayload(), OrderEvent.class));
        }
      }
      cursor = page.getNextCursor();
      more = page.getHasMore();
    }
    return facts;
  }

  /** Kinds of facts, in order. */
  protected List<OrderEvent.FactCase> kinds(String orderId) {
    return facts(orderId).stream().map(OrderEvent::getFactCase).toList();
  }

  /** Rows of a table. */
  protected static long rows(String table) {
    return Arc.container().instance(Sql.class).get().number("SELECT count(*) FROM " + table);
  }

  /** Rows of every table of this service that a call could change. */
  protected static List<Long> allRows() {
    return List.of(
            "customer_order",
            "order_line",
            "line_portion",
            "order_refusal",
            "destination",
            "promise",
            "process",
            "cancellation",
            "goods_return",
            "withheld_units",
            "request_log",
            "event",
            "amendment",
            "added_line")
        .stream()
        .map(OrderServiceTest::rows)
        .toList();
  }

  /** Refuses with a code and a reason, or the test fails. */
  protected static ErrorInfo refused(Status.Code code, String reason, ThrowingCallable call) {
    StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).as(failure.getMessage()).isEqualTo(code);
    ErrorInfo info =
        StatusProto.fromThrowable(failure).getDetailsList().stream()
            .filter(detail -> detail.is(ErrorInfo.class))
            .map(detail -> unpack(detail, ErrorInfo.class))
            .findFirst()
            .orElseThrow();
    assertThat(info.getReason()).isEqualTo(reason);
    return info;
  }

  private static <T extends com.google.protobuf.Message> T unpack(Any any, Class<T> type) {
    try {
      return any.unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
