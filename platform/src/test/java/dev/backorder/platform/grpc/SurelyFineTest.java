package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.ItemServiceGrpc;
import dev.backorder.inventory.v1.LocationServiceGrpc;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.StockServiceGrpc;
import dev.backorder.inventory.v1.SupplyServiceGrpc;
import dev.backorder.notification.v1.ContactServiceGrpc;
import dev.backorder.notification.v1.DeliveryServiceGrpc;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.order.v1.ServiceLevelServiceGrpc;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SurelyFineTest {
  private static final List<ServiceDescriptor> SERVICES =
      List.of(
          ClockServiceGrpc.getServiceDescriptor(),
          ConsistencyServiceGrpc.getServiceDescriptor(),
          FeedServiceGrpc.getServiceDescriptor(),
          AllocationServiceGrpc.getServiceDescriptor(),
          AvailabilityServiceGrpc.getServiceDescriptor(),
          ItemServiceGrpc.getServiceDescriptor(),
          LocationServiceGrpc.getServiceDescriptor(),
          ReplenishmentServiceGrpc.getServiceDescriptor(),
          StockServiceGrpc.getServiceDescriptor(),
          SupplyServiceGrpc.getServiceDescriptor(),
          OrderServiceGrpc.getServiceDescriptor(),
          PromiseServiceGrpc.getServiceDescriptor(),
          ServiceLevelServiceGrpc.getServiceDescriptor(),
          ShipmentServiceGrpc.getServiceDescriptor(),
          SupplierServiceGrpc.getServiceDescriptor(),
          PurchaseOrderServiceGrpc.getServiceDescriptor(),
          ContactServiceGrpc.getServiceDescriptor(),
          DeliveryServiceGrpc.getServiceDescriptor());
  private static final int MESSAGES_PER_METHOD = 150;
  private static final int DEEPEST = 4;
  private static final List<String> GOOD_TEXTS = List.of("", "A-1", "GB", "GBP", "en-GB", "a.b_c");
  private static final List<String> BAD_TEXTS =
      List.of(
          "a b",
          "a\n",
          "\0",
          "ä",
          "😀😀",
          "gbp",
          "a/b:c",
          "x".repeat(64),
          "x".repeat(65),
          "x".repeat(501),
          "x".repeat(1001),
          "01890f4e-7b1c-7cc0-98c0-0123456789aZ",
          "01890F4E-7B1C-7CC0-98C0-0123456789AB");
  private static final long[] NUMBERS = {
    0,
    1,
    2,
    7,
    50,
    99,
    100,
    101,
    500,
    501,
    1_000,
    3_650,
    3_651,
    1_000_000_000L,
    1_000_000_001L,
    -1,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    Long.MIN_VALUE,
    Long.MAX_VALUE
  };

  private final SurelyFine surelyFine = new SurelyFine();
  private final ValidationInterceptor authority = new ValidationInterceptor(null, null);

  @Test
  void whatever_is_surely_fine_is_found_fine_by_the_authority_too() {
    long seed = Long.getLong("seed", 20_261_127L);
    Random random = new Random(seed);
    int fine = 0;
    int all = 0;
    for (Message prototype : requests().toList()) {
      for (int i = 0; i < MESSAGES_PER_METHOD; i++) {
        // From tame to wild: else no large message would ever be fine.
        double wildness = i % 3 == 0 ? 0 : i % 3 == 1 ? 0.03 : 0.3;
        Message.Builder builder = prototype.newBuilderForType();
        fill(builder, random, wildness, 0);
        Message message = builder.build();
        all++;
        if (surelyFine.knows(message)) {
          fine++;
          assertThat(authority.judge(message))
              .as("seed %d, %s %s", seed, message.getDescriptorForType().getFullName(), message)
              .isEmpty();
        }
      }
    }
    assertThat(fine).as("surely fine of %d", all).isGreaterThan(all / 20);
  }

  @Test
  void the_requests_that_come_all_day_are_surely_fine() {
    AllocateOrderRequest allocate =
        AllocateOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setOrderId(UUID.randomUUID().toString())
            .setSalesContext(SalesContext.newBuilder().setDestinationCountry("GB"))
            .addLines(AllocateOrderLine.newBuilder().setLineId("1").setSku("85123A").setQuantity(6))
            .build();
    QuoteAvailabilityRequest quote =
        QuoteAvailabilityRequest.newBuilder()
            .addLines(QuoteLine.newBuilder().setSku("85123A").setQuantity(6))
            .build();
    PlaceOrderRequest place =
        PlaceOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setCustomerId("17850")
            .setCurrencyCode("GBP")
            .setDestination(Destination.newBuilder().setCountry("GB"))
            .addLines(
                PlaceOrderLine.newBuilder()
                    .setSku("85123A")
                    .setQuantity(6)
                    .setPrice(
                        Price.newBuilder()
                            .setCurrencyCode("GBP")
                            .setAmountMinor(255)
                            .setPriceQuantity(1)))
            .build();
    assertThat(surelyFine.knows(allocate)).isTrue();
    assertThat(surelyFine.knows(quote)).isTrue();
    assertThat(surelyFine.knows(place)).isTrue();
    assertThat(surelyFine.knows(BatchPlaceOrdersRequest.newBuilder().addOrders(place).build()))
        .isTrue();
    assertThat(surelyFine.knows(allocate.toBuilder().setRequestId("1").build())).isFalse();
  }

  @Test
  void of_a_list_that_is_too_long_only_the_first_elements_are_judged() {
    AllocateOrderRequest.Builder request =
        AllocateOrderRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setOrderId("1");
    for (int i = 0; i < 10_000; i++) {
      request.addLines(AllocateOrderLine.newBuilder().setLineId("!").setSku("A").setQuantity(1));
    }
    var problems = authority.problemsOf(request.build());
    assertThat(problems).hasSize(1 + LongLists.JUDGED);
    assertThat(problems.get(0).field()).isEqualTo("lines");
    assertThat(problems.get(0).description()).contains("2000");
    assertThat(problems.get(1).field()).isEqualTo("lines[0].line_id");
  }

  private static Stream<Message> requests() {
    return SERVICES.stream()
        .flatMap(service -> service.getMethods().stream())
        .map(
            method ->
                (Message)
                    ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller())
                        .getMessagePrototype());
  }

  private static void fill(Message.Builder builder, Random random, double wildness, int depth) {
    for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
      boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (field.isMapField()
          || (isMessage && depth == DEEPEST)
          || random.nextDouble() < Math.max(wildness, 0.02)) {
        continue;
      }
      if (field.isRepeated()) {
        int count =
            random.nextDouble() < wildness / 4 ? 600 : random.nextInt(3) + (wildness == 0 ? 1 : 0);
        for (int i = 0; i < count; i++) {
          builder.addRepeatedField(field, value(builder, field, random, wildness, depth));
        }
      } else {
        builder.setField(field, value(builder, field, random, wildness, depth));
      }
    }
  }

  private static Object value(
      Message.Builder builder, FieldDescriptor field, Random random, double wildness, int depth) {
    boolean isWild = random.nextDouble() < wildness;
    return switch (field.getJavaType()) {
      case MESSAGE -> {
        Message.Builder inner = builder.newBuilderForField(field);
        fill(inner, random, wildness, depth + 1);
        yield inner.build();
      }
      case STRING -> text(field, random, isWild);
      case INT -> (int) number(random, isWild);
      case LONG -> number(random, isWild);
      case ENUM -> {
        EnumDescriptor type = field.getEnumType();
        yield isWild
            ? type.findValueByNumberCreatingIfUnknown(random.nextInt(12) - 2)
            : type.getValues().get(Math.min(1, type.getValues().size() - 1));
      }
      case BOOLEAN -> random.nextBoolean();
      case BYTE_STRING -> ByteString.copyFromUtf8("x");
      case FLOAT -> 1f;
      case DOUBLE -> 1d;
    };
  }

  private static String text(FieldDescriptor field, Random random, boolean isWild) {
    if (isWild) {
      return BAD_TEXTS.get(random.nextInt(BAD_TEXTS.size()));
    }
    String name = field.getName();
    if (name.endsWith("_id") || name.endsWith("_ids")) {
      return UUID.randomUUID().toString();
    }
    if (name.startsWith("currency")) {
      return "GBP";
    }
    if (name.endsWith("country")) {
      return "GB";
    }
    return name.equals("sku") || name.endsWith("code") || name.equals("location")
        ? "A-1"
        : GOOD_TEXTS.get(random.nextInt(GOOD_TEXTS.size()));
  }

  private static long number(Random random, boolean isWild) {
    return isWild ? NUMBERS[random.nextInt(NUMBERS.length)] : 1;
  }
}
