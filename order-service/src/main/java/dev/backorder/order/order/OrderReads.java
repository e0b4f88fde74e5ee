package dev.backorder.order.order;

import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetOrderResponse;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.OrderState;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.paging.PageTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads orders for callers. */
@ApplicationScoped
public class OrderReads {
  /**
   * A page ends before it holds more lines than this, so that it stays far below the limit of a
   * message.
   */
  private static final long MOST_LINES_PER_PAGE = 4_000;

  private final OrderRows rows;

  OrderReads(OrderRows rows) {
    this.rows = rows;
  }

  /**
   * One order, by its id or by the request of the same caller that placed it.
   *
   * @throws DomainException NOT_FOUND ORDER_NOT_FOUND; INVALID unless exactly one of the two is
   *     given
   */
  @Transactional
  public GetOrderResponse get(GetOrderRequest request) {
    boolean byId = !request.getOrderId().isEmpty();
    boolean byRequest = !request.getPlaceRequestId().isEmpty();
    new FieldProblems()
        .check(byId || byRequest, "order_id", "must be given, or place_request_id")
        .check(!(byId && byRequest), "place_request_id", "must be empty when order_id is given")
        .throwIfAny();
    rows.readOneMoment();
    OrderRecord order = byId ? byId(request.getOrderId()) : byRequest(request.getPlaceRequestId());
    GetOrderResponse.Builder response =
        GetOrderResponse.newBuilder().setOrder(OrderViews.toProto(order));
    if (request.getIncludeDestination()) {
      rows.destination(order.orderId()).ifPresent(response::setDestination);
    }
    return response.build();
  }

  /** One page of orders, in the order of placing. */
  @Transactional
  public ListOrdersResponse list(ListOrdersRequest request) {
    List<String> states = states(request);
    String list =
        "orders:%s:%s:%s".formatted(states, request.getCustomerId(), request.getReference());
    long after = place(PageTokens.decode(list, request.getPageToken()));
    int size = PageTokens.size(request.getPageSize());
    rows.readOneMoment();
    List<OrderRows.Head> found =
        rows.page(after, size + 1, states, request.getCustomerId(), request.getReference());
    List<OrderRows.Head> page = found.subList(0, fitting(found, size));
    ListOrdersResponse.Builder response = ListOrdersResponse.newBuilder();
    rows.complete(page).forEach(order -> response.addOrders(OrderViews.toProto(order)));
    if (page.size() < found.size()) {
      long last = page.get(page.size() - 1).sequence();
      response.setNextPageToken(PageTokens.encode(list, Long.toString(last)));
    }
    return response.build();
  }

  private OrderRecord byId(String orderId) {
    UUID id = UUID.fromString(orderId);
    return rows.find(id).orElseThrow(() -> Orders.notFound(id));
  }

  private OrderRecord byRequest(String requestId) {
    return rows.findByRequest(Calls.caller(), UUID.fromString(requestId))
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_ORDER_NOT_FOUND, "order", requestId));
  }

  /** How many orders of a page fit: at least one. */
  private int fitting(List<OrderRows.Head> found, int size) {
    Map<UUID, Long> counts = rows.countLines(found);
    long lines = 0;
    for (int i = 0; i < Math.min(size, found.size()); i++) {
      lines += counts.getOrDefault(found.get(i).header().orderId(), 0L);
      if (i > 0 && lines > MOST_LINES_PER_PAGE) {
        return i;
      }
    }
    return Math.min(size, found.size());
  }

  private static List<String> states(ListOrdersRequest request) {
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getStatesCount(); i++) {
      problems.check(
          request.getStates(i) != OrderState.ORDER_STATE_UNSPECIFIED,
          "states[%d]".formatted(i),
          "must be a state");
    }
    problems.throwIfAny();
    return request.getStatesList().stream()
        .map(state -> OrderViews.shortName(state, OrderState.UNRECOGNIZED, "ORDER_STATE_"))
        .distinct()
        .sorted()
        .toList();
  }

  private static long place(List<String> keyset) {
    try {
      return keyset.isEmpty() ? 0 : Long.parseLong(keyset.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
