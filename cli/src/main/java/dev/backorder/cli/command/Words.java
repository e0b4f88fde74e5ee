package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Words for people for what the contracts call by constants. */
final class Words {

  // The contracts prefix every constant with the name of its enum.
  private static final Map<String, String> PREFIXES =
      Map.ofEntries(
          Map.entry("SupplyState", "SUPPLY_STATE_"),
          Map.entry("SupplyKind", "SUPPLY_KIND_"),
          Map.entry("OrderState", "ORDER_STATE_"),
          Map.entry("OrderLineState", "ORDER_LINE_STATE_"),
          Map.entry("PurchaseOrderState", "PURCHASE_ORDER_STATE_"),
          Map.entry("PurchaseOrderLineState", "PURCHASE_ORDER_LINE_STATE_"),
          Map.entry("TransferState", "TRANSFER_STATE_"),
          Map.entry("AvailabilityKind", "AVAILABILITY_KIND_"),
          Map.entry("RefusalReason", "REFUSAL_REASON_"),
          Map.entry("DeliveryState", "DELIVERY_STATE_"),
          Map.entry("MessageKind", "MESSAGE_KIND_"),
          Map.entry("PromiseBasis", "PROMISE_BASIS_"));

  private Words() {}

  /** {@code ORDER_STATE_PARTLY_BACKORDERED} becomes {@code partly backordered}. */
  static String of(Enum<?> constant) {
    String prefix = PREFIXES.getOrDefault(constant.getDeclaringClass().getSimpleName(), "");
    String name = constant.name();
    String bare = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    return bare.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** When so many units leave: {@code 4 now, 2 by 2010-12-24}. */
  static String portions(List<AllocationPortion> portions) {
    return portions.stream()
        .map(
            portion ->
                portion.getQuantity()
                    + (portion.getState() == PortionState.PORTION_STATE_RESERVED
                        ? " in stock"
                        : " waiting")
                    + (portion.hasPromise() ? ", leaves by " + promise(portion.getPromise()) : ""))
        .collect(Collectors.joining("; "));
  }

  /** {@code 2010-12-24 (from supply, 80 %)}. */
  static String promise(Promise promise) {
    return Dates.text(promise.hasShipByDate(), promise.getShipByDate())
        + " ("
        + of(promise.getBasis())
        + ", "
        + promise.getPercentile()
        + " %)";
  }
}
