package dev.backorder.order.shipment;

import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.paging.PageTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lists shipments in the order of offering. */
@ApplicationScoped
public class ShipmentList {
  private final ShipmentRows rows;

  ShipmentList(ShipmentRows rows) {
    this.rows = rows;
  }

  /** One page: one query, however long it is. */
  public ListShipmentsResponse list(ListShipmentsRequest request) {
    ShipmentRows.Filter filter = filter(request);
    String list =
        "shipments:%s:%s:%s"
            .formatted(
                filter.states().stream().sorted().collect(Collectors.joining(",")),
                request.getOrderId(),
                filter.location());
    long after = place(PageTokens.decode(list, request.getPageToken()));
    int size = PageTokens.size(request.getPageSize());
    List<Shipment> found = rows.page(after, size + 1, filter);
    List<Shipment> page = found.subList(0, Math.min(size, found.size()));
    ListShipmentsResponse.Builder response = ListShipmentsResponse.newBuilder();
    page.forEach(shipment -> response.addShipments(ShipmentViews.toProto(shipment)));
    if (found.size() > size) {
      long last = page.get(size - 1).sequence();
      response.setNextPageToken(PageTokens.encode(list, Long.toString(last)));
    }
    return response.build();
  }

  private static ShipmentRows.Filter filter(ListShipmentsRequest request) {
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getStatesCount(); i++) {
      problems.check(
          request.getStates(i) != ShipmentState.SHIPMENT_STATE_UNSPECIFIED,
          "states[%d]".formatted(i),
          "must not be SHIPMENT_STATE_UNSPECIFIED");
    }
    problems.throwIfAny();
    return new ShipmentRows.Filter(
        request.getStatesList().stream()
            .map(state -> state.name().substring("SHIPMENT_STATE_".length()))
            .distinct()
            .toList(),
        request.getOrderId().isEmpty()
            ? Optional.empty()
            : Optional.of(UUID.fromString(request.getOrderId())),
        request.getLocation());
  }

  private static long place(List<String> keyset) {
    try {
      return keyset.isEmpty() ? 0 : Long.parseLong(keyset.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
