package dev.backorder.inventory.hold;

import dev.backorder.inventory.allocation.OpenBooks.CartHold;
import dev.backorder.inventory.allocation.RefusalMessages;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.book.HoldBook.HoldRow;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.v1.HeldLine;
import dev.backorder.inventory.v1.Hold;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.PlaceHoldResponse;
import dev.backorder.inventory.v1.ReleaseHoldResponse;
import dev.backorder.inventory.wire.Wire;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Holds as the contract writes them. */
final class HoldMessages {
  private HoldMessages() {}

  static PlaceHoldResponse response(HoldCall call, Decision decision, CartHold after) {
    PlaceHoldResponse.Builder response = PlaceHoldResponse.newBuilder();
    if (!after.units().isEmpty()) {
      response.setHold(render(after.row().orElseThrow(), after.units()));
    }
    return response
        .addAllRefusals(
            RefusalMessages.of(
                decision,
                line -> {
                  HoldLine asked = call.request().getLines(line);
                  return new RefusalMessages.Line(
                      asked.getSku(), asked.getSku(), asked.getQuantity());
                }))
        .build();
  }

  static Hold render(HoldRow row, List<HoldUnits> units) {
    return Hold.newBuilder()
        .setCartId(row.cartId())
        .setSalesContext(row.context().message())
        .addAllLines(lines(units))
        .setExpireTime(Wire.timestamp(row.expireTime()))
        .setUpdateTime(Wire.timestamp(row.updateTime()))
        .build();
  }

  static ReleaseHoldResponse released(List<HoldUnits> units) {
    return ReleaseHoldResponse.newBuilder().addAllReleasedLines(lines(units)).build();
  }

  /** Of one item at all locations. */
  private static Collection<HeldLine> lines(List<HoldUnits> units) {
    SortedMap<String, HeldLine> lines = new TreeMap<>();
    for (HoldUnits held : units) {
      HeldLine before =
          lines.getOrDefault(
              held.key().sku(), HeldLine.newBuilder().setSku(held.key().sku()).build());
      lines.put(
          held.key().sku(),
          before.toBuilder()
              .setOnHandQuantity(before.getOnHandQuantity() + held.onShelf())
              .setPlaceQuantity(before.getPlaceQuantity() + held.places())
              .build());
    }
    return lines.values();
  }
}
