package dev.backorder.cli.bench;

import com.google.protobuf.Message;
import dev.backorder.bench.v1.EchoRequest;
import dev.backorder.bench.v1.EchoServiceGrpc;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderOutcome;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchAllocateOrdersResponse;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.ShortageRule;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;

/** The calls that benches make. */
final class Workloads {

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final long RUN = System.currentTimeMillis();

  private Workloads() {}

  /** A call that does nothing, through all that every call goes through. */
  static Workload echo() {
    return (channel, number, observer) ->
        EchoServiceGrpc.newStub(channel).echo(EchoRequest.getDefaultInstance(), upcast(observer));
  }

  /** The health check, which passes fewer of our interceptors: the echo must not be slower. */
  static Workload health() {
    return (channel, number, observer) ->
        HealthGrpc.newStub(channel)
            .check(HealthCheckRequest.getDefaultInstance(), upcast(observer));
  }

  /** One order of one unit of each of some items. */
  static Workload orders(LongFunction<List<String>> skusOf) {
    return new Workload() {
      @Override
      public void start(Channel channel, long number, StreamObserver<? super Message> observer) {
        AllocationServiceGrpc.newStub(channel)
            .allocateOrder(order(number, skusOf.apply(number)), upcast(observer));
      }

      @Override
      public int refusedIn(Message answer) {
        return ((AllocateOrderResponse) answer).hasAllocation() ? 0 : 1;
      }
    };
  }

  /** The same, many orders in one call. */
  static Workload bulk(LongFunction<List<String>> skusOf, int orders) {
    return new Workload() {
      @Override
      public int operationsPerCall() {
        return orders;
      }

      @Override
      public void start(Channel channel, long number, StreamObserver<? super Message> observer) {
        BatchAllocateOrdersRequest.Builder batch = BatchAllocateOrdersRequest.newBuilder();
        for (int i = 0; i < orders; i++) {
          long order = number * orders + i;
          batch.addOrders(order(order, skusOf.apply(order)));
        }
        AllocationServiceGrpc.newStub(channel).batchAllocateOrders(batch.build(), upcast(observer));
      }

      @Override
      public int refusedIn(Message answer) {
        return (int)
            ((BatchAllocateOrdersResponse) answer)
                .getOutcomesList().stream().filter(outcome -> !isAllocated(outcome)).count();
      }
    };
  }

  private static boolean isAllocated(AllocateOrderOutcome outcome) {
    return outcome.hasResponse() && outcome.getResponse().hasAllocation();
  }

  /** "Can I have one, and when?" */
  static Workload quotes(LongFunction<List<String>> skusOf) {
    return (channel, number, observer) -> {
      QuoteAvailabilityRequest.Builder quote = QuoteAvailabilityRequest.newBuilder();
      skusOf
          .apply(number)
          .forEach(sku -> quote.addLines(QuoteLine.newBuilder().setSku(sku).setQuantity(1)));
      AvailabilityServiceGrpc.newStub(channel).quoteAvailability(quote.build(), upcast(observer));
    };
  }

  private static AllocateOrderRequest order(long number, List<String> skus) {
    AllocateOrderRequest.Builder order =
        AllocateOrderRequest.newBuilder()
            .setRequestId(id(number, 1))
            // No UUID: these orders are none of order-service's.
            .setOrderId("bench-" + id(number, 2))
            .setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_ORDER);
    for (int i = 0; i < skus.size(); i++) {
      order.addLines(
          AllocateOrderLine.newBuilder()
              .setLineId(Integer.toString(i + 1))
              .setSku(skus.get(i))
              .setQuantity(1));
    }
    return order.build();
  }

  /** Ids that grow, as those of real callers do (UUIDv7). */
  private static String id(long number, int kind) {
    long high = ((RUN + number / 1000) << 16) | VERSION_7 | kind;
    return new UUID(high, VARIANT | number).toString();
  }

  /** An observer of any message observes these too. */
  @SuppressWarnings("unchecked")
  private static <T extends Message> StreamObserver<T> upcast(
      StreamObserver<? super Message> observer) {
    return (StreamObserver<T>) (StreamObserver<?>) observer;
  }
}
