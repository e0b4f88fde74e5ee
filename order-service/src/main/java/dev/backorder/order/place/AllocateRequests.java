package dev.backorder.order.place;

import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.shiprule.LineTerms;
import dev.backorder.platform.ids.Ids;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/** What inventory-service is asked for a stored order: the same again whenever it is asked. */
final class AllocateRequests {
  private AllocateRequests() {}

  static AllocateOrderRequest of(OrderRecord order) {
    OrderHeader header = order.header();
    SalesContext.Builder context =
        SalesContext.newBuilder()
            .setChannel(header.channel())
            .setCustomerClass(header.customerClass())
            .setPriority(header.priority())
            .setDestinationCountry(header.destinationCountry())
            .setPickUpLocation(header.pickUpLocation());
    if (!header.sourcingPolicy().isEmpty()) {
      context.setSourcingPolicy(SourcingPolicy.valueOf(header.sourcingPolicy()));
    }
    AllocateOrderRequest.Builder request =
        AllocateOrderRequest.newBuilder()
            .setRequestId(Ids.derive(header.orderId(), "allocate").toString())
            .setOrderId(header.orderId().toString())
            .setSalesContext(context)
            .setShortageRule(ShortageRule.valueOf("SHORTAGE_RULE_" + header.shortageRule()))
            .setCartId(header.cartId());
    Map<UUID, LocalDate> latest = LineTerms.latestDays(header.shipRule(), order.lines());
    for (OrderLine line : order.lines()) {
      AllocateOrderLine.Builder asked =
          AllocateOrderLine.newBuilder()
              .setLineId(line.lineId().toString())
              .setSku(line.sku())
              .setQuantity(line.quantities().ordered());
      line.wanted().map(OrderViews::date).ifPresent(asked::setWantedDate);
      if (latest.containsKey(line.lineId())) {
        asked.setLatestShipByDate(OrderViews.date(latest.get(line.lineId())));
      }
      request.addLines(asked);
    }
    return request.build();
  }
}
