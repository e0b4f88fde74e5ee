package dev.backorder.order.amend;

import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.platform.ids.Ids;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What inventory-service is asked for an amendment: the same again whenever it is asked. */
final class InventoryRequests {
  private InventoryRequests() {}

  /**
   * What to do when not everything can be had: as the caller says, else as the order was placed.
   */
  static String rule(ChangeOrderRequest request, OrderHeader order) {
    return switch (request.getShortageRule()) {
      case SHORTAGE_RULE_REFUSE_ORDER -> "REFUSE_ORDER";
      case SHORTAGE_RULE_REFUSE_UNITS -> "REFUSE_UNITS";
      case SHORTAGE_RULE_UNSPECIFIED, UNRECOGNIZED -> order.shortageRule();
    };
  }

  static ExtendAllocationRequest extend(
      Amendment amendment, List<OrderLine> lines, Map<UUID, LocalDate> latestDays) {
    ExtendAllocationRequest.Builder request =
        ExtendAllocationRequest.newBuilder()
            .setRequestId(Ids.derive(amendment.amendmentId(), "extend").toString())
            .setOrderId(amendment.orderId().toString())
            .setShortageRule(ShortageRule.valueOf("SHORTAGE_RULE_" + amendment.shortageRule()));
    for (OrderLine line : lines) {
      AllocateOrderLine.Builder asked =
          request
              .addLinesBuilder()
              .setLineId(line.lineId().toString())
              .setSku(line.sku())
              .setQuantity(line.quantities().ordered());
      line.wanted().map(OrderViews::date).ifPresent(asked::setWantedDate);
      if (latestDays.containsKey(line.lineId())) {
        asked.setLatestShipByDate(OrderViews.date(latestDays.get(line.lineId())));
      }
    }
    return request.build();
  }

  static ReleaseAllocationRequest release(Amendment amendment) {
    ReleaseAllocationRequest.Builder request =
        ReleaseAllocationRequest.newBuilder()
            .setRequestId(Ids.derive(amendment.amendmentId(), "release").toString())
            .setOrderId(amendment.orderId().toString())
            .setReason(amendment.reason());
    amendment
        .fewer()
        .forEach(
            (lineId, units) ->
                request.addLines(
                    LineQuantity.newBuilder().setLineId(lineId.toString()).setQuantity(units)));
    return request.build();
  }
}
