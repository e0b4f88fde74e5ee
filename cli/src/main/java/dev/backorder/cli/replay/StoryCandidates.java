package dev.backorder.cli.replay;

import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import java.util.ArrayList;
import java.util.List;

/** Orders that might make a good story: small ones of which something had to wait. */
final class StoryCandidates {

  private static final int MAX_LINES = 6;
  private static final int MAX_CANDIDATES = 400;

  private final List<String> orderIds = new ArrayList<>();

  void placed(Order order) {
    boolean waits =
        order.getLinesList().stream().mapToLong(OrderLine::getWaitingQuantity).sum() > 0;
    if (waits && order.getLinesCount() <= MAX_LINES && orderIds.size() < MAX_CANDIDATES) {
      orderIds.add(order.getOrderId());
    }
  }

  List<String> orderIds() {
    return List.copyOf(orderIds);
  }
}
