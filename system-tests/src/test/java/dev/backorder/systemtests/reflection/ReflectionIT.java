package dev.backorder.systemtests.reflection;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static dev.backorder.systemtests.testing.ShopSetup.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.ReflectionClient;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A client without a single class of our contracts can use every service: all that it knows comes
 * from reflection.
 */
class ReflectionIT {

  private static final String RUN = requestId().substring(0, 8);
  private static final Map<ServiceKind, ReflectionClient> clients =
      new EnumMap<>(ServiceKind.class);

  @BeforeAll
  static void start() {
    BackorderSystem system = BackorderSystem.shared();
    for (ServiceKind kind : ServiceKind.values()) {
      clients.put(kind, new ReflectionClient(system.channel(kind)));
    }
    call(
        ServiceKind.INVENTORY,
        "LocationService.CreateLocation",
        "request_id: '%s' location { code: 'R-%s' name: 'Reflected' time_zone: 'UTC' active: true"
            + " }",
        requestId(),
        RUN);
    call(
        ServiceKind.INVENTORY,
        "ItemService.BatchCreateItems",
        "request_id: '%s' items { sku: 'R-%s' sales_policy { sales_mode: SALES_MODE_BACKORDER"
            + " lead_time_days: 3 backorder_limit { kind: BACKORDER_LIMIT_KIND_FIXED quantity: 9 }"
            + " } replenishment_policy { method: REPLENISHMENT_METHOD_MIN_MAX min_quantity: 1"
            + " max_quantity: 5 } }",
        requestId(),
        RUN);
    call(
        ServiceKind.SUPPLIER,
        "SupplierService.CreateSupplier",
        "request_id: '%s' supplier { code: 'R-%s' name: 'Reflected' time_zone: 'UTC' active: true"
            + " }",
        requestId(),
        RUN);
    call(
        ServiceKind.SUPPLIER,
        "SupplierService.BatchSetSupplierItems",
        "request_id: '%s' supplier: 'R-%s' items { sku: 'R-%s' lead_time_days: 3 cost {"
            + " currency_code: 'GBP' amount_minor: 1 } }",
        requestId(),
        RUN,
        RUN);
    call(
        ServiceKind.NOTIFICATION,
        "ContactService.SetContact",
        "request_id: '%s' contact { customer_id: 'r-%s' email_address: 'r@customers.example' }",
        requestId(),
        RUN);
    call(
        ServiceKind.ORDER,
        "OrderService.PlaceOrder",
        "request_id: '%s' customer_id: 'r-%s' currency_code: 'GBP' lines { sku: 'R-%s' quantity: 2"
            + " price { currency_code: 'GBP' amount_minor: 250 } }",
        requestId(),
        RUN,
        RUN);
  }

  @Test
  void every_service_tells_what_it_offers() {
    clients.forEach(
        (kind, client) ->
            assertThat(client.serviceNames())
                .contains(
                    "backorder.common.v1.FeedService",
                    "backorder.common.v1.ClockService",
                    "backorder.common.v1.ConsistencyService",
                    "grpc.health.v1.Health")
                .anyMatch(name -> name.startsWith("backorder." + kind.shortName() + ".v1.")));
  }

  @Test
  void every_list_and_get_answers() {
    Set<String> called = new HashSet<>();
    clients.forEach(
        (kind, client) -> {
          for (MethodDescriptor method : client.ourMethods()) {
            if (!method.isServerStreaming()
                && (method.getName().startsWith("List") || method.getName().startsWith("Get"))) {
              answers(client, method);
              called.add(method.getFullName());
            }
          }
        });
    assertThat(called).hasSizeGreaterThan(25);
  }

  /** A list answers; a get answers or says, as its contract does, that there is no such thing. */
  private static void answers(ReflectionClient client, MethodDescriptor method) {
    DynamicMessage request = filled(method.getInputType());
    try {
      assertThat(client.call(method, request).getDescriptorForType())
          .isEqualTo(method.getOutputType());
    } catch (StatusRuntimeException e) {
      boolean missing = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      if (!missing || method.getName().startsWith("List")) {
        fail(method.getFullName() + ": " + e.getStatus());
      }
    }
  }

  /** Ids that a contract accepts; everything else stays empty. */
  private static DynamicMessage filled(Descriptor type) {
    DynamicMessage.Builder request = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean filter =
          type.getName().startsWith("List") && !type.getName().equals("ListQueueRequest");
      if (field.getName().equals("sku") && !filter) {
        request.setField(field, "R-" + RUN);
      } else if (field.getName().equals("code")
          || (field.getName().equals("supplier") && !filter)) {
        request.setField(field, "R-" + RUN);
      } else if (field.getName().equals("customer_id") && !type.getName().startsWith("List")) {
        request.setField(field, "r-" + RUN);
      } else if (field.getName().endsWith("_id")
          && !field.getName().equals("place_request_id")
          && type.getName().startsWith("Get")) {
        request.setField(field, requestId());
      }
    }
    return request.build();
  }

  @Test
  void what_a_feed_carries_can_be_read() {
    for (ServiceKind kind : ServiceKind.values()) {
      ReflectionClient client = clients.get(kind);
      MethodDescriptor list = method(kind, "FeedService.ListEvents");
      await("a fact of " + kind).atMost(EVENTUALLY).until(() -> !events(client, list).isEmpty());
      for (DynamicMessage event : events(client, list)) {
        assertThat(payload(client, event).getAllFields())
            .as("fact %s of %s", event, kind)
            .isNotEmpty();
      }
    }
  }

  private static List<DynamicMessage> events(ReflectionClient client, MethodDescriptor list) {
    DynamicMessage request = parse(list.getInputType(), "limit: 50");
    DynamicMessage page = client.call(list, request);
    FieldDescriptor events = list.getOutputType().findFieldByName("events");
    return ((List<?>) page.getField(events)).stream().map(DynamicMessage.class::cast).toList();
  }

  private static DynamicMessage payload(ReflectionClient client, DynamicMessage event) {
    DynamicMessage any = (DynamicMessage) value(event, "payload");
    String url = (String) value(any, "type_url");
    Descriptor type = client.message(url.substring(url.lastIndexOf('/') + 1));
    try {
      DynamicMessage fact = DynamicMessage.parseFrom(type, (ByteString) value(any, "value"));
      assertThat(fact.getUnknownFields().asMap()).isEmpty();
      return fact;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(url, e);
    }
  }

  private static Object value(DynamicMessage message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  @FormatMethod
  private static DynamicMessage call(
      ServiceKind kind, String serviceAndMethod, @FormatString String text, Object... arguments) {
    MethodDescriptor method = method(kind, serviceAndMethod);
    return clients
        .get(kind)
        .call(method, parse(method.getInputType(), String.format(text, arguments)));
  }

  private static MethodDescriptor method(ServiceKind kind, String serviceAndMethod) {
    return clients.get(kind).ourMethods().stream()
        .filter(method -> method.getFullName().endsWith("." + serviceAndMethod))
        .findFirst()
        .orElseThrow();
  }

  private static DynamicMessage parse(Descriptor type, String text) {
    try {
      DynamicMessage.Builder builder = DynamicMessage.newBuilder(type);
      TextFormat.merge(text, builder);
      return builder.build();
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
