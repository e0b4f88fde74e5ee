package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Batches;
import dev.backorder.cli.calls.CallErrors;
import dev.backorder.cli.orderfile.Invoice;
import dev.backorder.cli.orderfile.OrderRow;
import dev.backorder.cli.orderfile.RejectReason;
import dev.backorder.cli.orderfile.Rejections;
import dev.backorder.cli.orderfile.Sales;
import dev.backorder.cli.scenario.Scenario.Shortage;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.Contact;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.ReturnOrderRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Plays the customers: they place the orders of the file, take some of them back, and can be
 * written to.
 */
final class Customers {

  private static final int MAX_ORDER_LINES = 2000;
  private static final int MAX_BATCH_ORDERS = 100;
  private static final int CONTACTS_PER_CALL = 500;

  private final Shop shop;
  private final Rejections rejections;
  private final StoryCandidates candidates;
  private final Sales sales = new Sales();
  private final Set<String> known = new HashSet<>();
  private final Map<String, Placed> byInvoice = new HashMap<>();
  private final Map<String, Placed> byOrderId = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private int waitingLines;

  /** An order that is about to be placed with others. */
  private record Waiting(Invoice invoice, String country, PlaceOrderRequest request) {}

  /** What is remembered of an order. */
  private static final class Placed {
    private final String orderId;
    private final String reference;
    private final String country;
    private int shipments;

    Placed(String orderId, String reference, String country) {
      this.orderId = orderId;
      this.reference = reference;
      this.country = country;
    }
  }

  Customers(Shop shop, Rejections rejections, StoryCandidates candidates) {
    this.shop = shop;
    this.rejections = rejections;
    this.candidates = candidates;
  }

  /**
   * Makes new customers known to notification-service. Addresses are made up: nobody's mail is ever
   * sent.
   */
  void introduce(List<Invoice> invoices) {
    List<Contact> contacts = new ArrayList<>();
    for (Invoice invoice : invoices) {
      String customer = customerId(invoice);
      if (!invoice.orderLines().isEmpty() && known.add(customer)) {
        contacts.add(
            Contact.newBuilder()
                .setCustomerId(customer)
                .setDisplayName(invoice.customer().isEmpty() ? "" : "Customer " + customer)
                .setEmailAddress(customer + "@customers.example")
                .build());
      }
    }
    for (int from = 0; from < contacts.size(); from += CONTACTS_PER_CALL) {
      List<Contact> batch =
          contacts.subList(from, Math.min(contacts.size(), from + CONTACTS_PER_CALL));
      BatchSetContactsRequest request =
          BatchSetContactsRequest.newBuilder()
              .setRequestId(shop.requestIds().of("contacts " + batch.get(0).getCustomerId()))
              .addAllContacts(batch)
              .build();
      // Known before the next visit of notification-service, which is when they are written to.
      shop.parallel()
          .submit(
              () -> shop.cluster().contacts(stub -> stub.batchSetContacts(request)), done -> {});
    }
  }

  private static String customerId(Invoice invoice) {
    return invoice.customer().isEmpty()
        ? "guest-" + invoice.number().replace('/', '-')
        : invoice.customer();
  }

  /** Does what one invoice says; its order waits for {@link #placeWaiting}. */
  void act(Invoice invoice) {
    List<OrderRow> lines = invoice.orderLines();
    if (lines.size() > MAX_ORDER_LINES) {
      lines.forEach(
          row -> rejections.add(row, RejectReason.TOO_MANY_LINES, lines.size() + " lines"));
    } else if (!lines.isEmpty()) {
      place(invoice, lines);
    }
    takeBack(invoice);
  }

  private void place(Invoice invoice, List<OrderRow> rows) {
    String country = shop.scenario().countries().getOrDefault(invoice.country(), "");
    PlaceOrderRequest.Builder request =
        PlaceOrderRequest.newBuilder()
            .setRequestId(shop.requestIds().of("place " + invoice.number()))
            .setReference(invoice.number())
            .setCustomerId(customerId(invoice))
            .setCurrencyCode(shop.scenario().currency())
            .setDestination(Destination.newBuilder().setCountry(country))
            .setShortageRule(
                shop.scenario().orders().shortage() == Shortage.REFUSE_ORDER
                    ? ShortageRule.SHORTAGE_RULE_REFUSE_ORDER
                    : ShortageRule.SHORTAGE_RULE_REFUSE_UNITS);
    for (OrderRow row : rows) {
      request.addLines(
          PlaceOrderLine.newBuilder()
              .setSku(row.sku())
              .setQuantity(row.quantity())
              .setPrice(
                  Price.newBuilder()
                      .setCurrencyCode(shop.scenario().currency())
                      .setAmountMinor(row.unitPrice().amountMinor())
                      .setPriceQuantity(row.unitPrice().priceQuantity())));
    }
    if (!waiting.isEmpty()
        && (waiting.size() == MAX_BATCH_ORDERS || waitingLines + rows.size() > MAX_ORDER_LINES)) {
      placeWaiting();
    }
    waiting.add(new Waiting(invoice, country, request.build()));
    waitingLines += rows.size();
  }

  /** Places the orders that wait, in the order of the file: earlier ones are served first. */
  void placeWaiting() {
    if (waiting.isEmpty()) {
      return;
    }
    List<PlaceOrderResponse> placed =
        Batches.call(waiting.stream().map(Waiting::request).toList(), this::place);
    for (int i = 0; i < placed.size(); i++) {
      placed(waiting.get(i).invoice(), waiting.get(i).country(), placed.get(i).getOrder());
    }
    waiting.clear();
    waitingLines = 0;
  }

  private List<Batches.Outcome<PlaceOrderResponse>> place(List<PlaceOrderRequest> orders) {
    BatchPlaceOrdersRequest request =
        BatchPlaceOrdersRequest.newBuilder().addAllOrders(orders).build();
    return shop.cluster().orders(stub -> stub.batchPlaceOrders(request)).getOutcomesList().stream()
        .map(o -> Batches.Outcome.of(o.hasFailure(), o.getResponse(), o.getFailure()))
        .toList();
  }

  private void placed(Invoice invoice, String country, Order order) {
    Placed placed = new Placed(order.getOrderId(), invoice.number(), country);
    byInvoice.put(invoice.number(), placed);
    byOrderId.put(order.getOrderId(), placed);
    shop.tallies().placed(order, shop.today(), invoice.orderLines().size());
    candidates.placed(order);
    remember(invoice, order);
  }

  private void remember(Invoice invoice, Order order) {
    boolean rejected = order.getState() == OrderState.ORDER_STATE_REJECTED;
    for (int i = 0; i < order.getLinesCount(); i++) {
      OrderLine line = order.getLines(i);
      long refused = rejected ? line.getOrderedQuantity() : line.getRefusedQuantity();
      long accepted = line.getOrderedQuantity() - refused;
      sales.add(invoice.customer(), line.getSku(), invoice.number(), i, accepted, true);
      sales.add(invoice.customer(), line.getSku(), invoice.number(), i, refused, false);
    }
  }

  private void takeBack(Invoice invoice) {
    if (invoice.takenBack().isEmpty()) {
      return;
    }
    // Which sales there were, and what is being shipped right now, must be known before we ask.
    placeWaiting();
    shop.parallel().join();
    Map<String, Map<Integer, Long>> byTarget = new LinkedHashMap<>();
    for (OrderRow row : invoice.takenBack()) {
      Sales.Match match =
          sales.takeBack(invoice.customer(), row.sku(), Math.negateExact(row.quantity()));
      if (match instanceof Sales.Match.Found found) {
        shop.tallies().takenBackRow();
        for (Sales.Part part : found.parts()) {
          byTarget
              .computeIfAbsent(part.invoice(), key -> new TreeMap<>())
              .merge(part.line(), part.quantity(), Long::sum);
        }
      } else if (match instanceof Sales.Match.OnlyRefused) {
        rejections.add(row, RejectReason.SALE_REFUSED, "");
      } else {
        rejections.add(
            row,
            RejectReason.NO_MATCHING_SALE,
            invoice.customer().isEmpty() ? "customer unknown" : "");
      }
    }
    byTarget.forEach((target, lines) -> takeBack(invoice.number(), byInvoice.get(target), lines));
  }

  private void takeBack(String cancellation, Placed placed, Map<Integer, Long> lines) {
    try {
      takeBackOnce(cancellation, placed, lines, "");
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
        throw new IllegalStateException(
            "taking back "
                + cancellation
                + " from order "
                + placed.orderId
                + ": "
                + CallErrors.sentence(e),
            e);
      }
      // A shipment was being confirmed when a service was killed: let it come to an end, then look
      // again.
      shop.time().settle(shop.time().now());
      takeBackOnce(cancellation, placed, lines, " again");
    }
  }

  private void takeBackOnce(
      String cancellation, Placed placed, Map<Integer, Long> lines, String attempt) {
    GetOrderRequest get = GetOrderRequest.newBuilder().setOrderId(placed.orderId).build();
    Order order = shop.cluster().orders(stub -> stub.getOrder(get)).getOrder();
    List<OrderLineQuantity> cancels = new ArrayList<>();
    List<OrderLineQuantity> returns = new ArrayList<>();
    Map<String, Integer> byLineId = new HashMap<>();
    lines.forEach(
        (index, quantity) -> {
          OrderLine line = order.getLines(index);
          long open = line.getReservedQuantity() + line.getWaitingQuantity();
          long cancelled = Math.min(quantity, open);
          long returned =
              Math.min(
                  quantity - cancelled, line.getShippedQuantity() - line.getReturnedQuantity());
          addIfAny(cancels, line, cancelled);
          addIfAny(returns, line, returned);
          byLineId.put(line.getLineId(), index);
        });
    String step = cancellation + " " + placed.reference + attempt;
    if (!cancels.isEmpty()) {
      CancelOrderRequest request =
          CancelOrderRequest.newBuilder()
              .setRequestId(shop.requestIds().of("cancel " + step))
              .setOrderId(placed.orderId)
              .addAllLines(cancels)
              .setReason("customer cancelled: " + cancellation)
              .build();
      shop.cluster().orders(stub -> stub.cancelOrder(request));
      shop.tallies().takenBack(sum(cancels), 0);
      // Done: a second attempt must not do it again.
      cancels.forEach(
          done -> lines.merge(byLineId.get(done.getLineId()), -done.getQuantity(), Long::sum));
    }
    if (!returns.isEmpty()) {
      ReturnOrderRequest request =
          ReturnOrderRequest.newBuilder()
              .setRequestId(shop.requestIds().of("return " + step))
              .setOrderId(placed.orderId)
              .setLocation(shop.scenario().warehouse().code())
              .addAllLines(returns)
              .setReason("customer returned: " + cancellation)
              .build();
      shop.cluster().orders(stub -> stub.returnOrder(request));
      shop.tallies().takenBack(0, sum(returns));
    }
  }

  private static void addIfAny(List<OrderLineQuantity> quantities, OrderLine line, long quantity) {
    if (quantity > 0) {
      quantities.add(
          OrderLineQuantity.newBuilder().setLineId(line.getLineId()).setQuantity(quantity).build());
    }
  }

  private static long sum(List<OrderLineQuantity> quantities) {
    return quantities.stream().mapToLong(OrderLineQuantity::getQuantity).sum();
  }

  /** A tracking code for the next shipment of an order: the same in every run. */
  String trackingCode(String orderId) {
    Placed placed = byOrderId.get(orderId);
    return placed == null ? "" : "BK" + placed.reference + "-" + (placed.shipments + 1);
  }

  void shipped(String orderId) {
    Placed placed = byOrderId.get(orderId);
    if (placed != null) {
      placed.shipments++;
    }
  }

  /** Country code of an order's destination; empty when unknown. */
  String countryOf(String orderId) {
    Placed placed = byOrderId.get(orderId);
    return placed == null ? "" : placed.country;
  }
}
