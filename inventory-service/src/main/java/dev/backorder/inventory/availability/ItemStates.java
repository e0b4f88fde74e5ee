package dev.backorder.inventory.availability;

import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.ItemAvailability;
import dev.backorder.inventory.v1.QuotedLine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** States of items as a storefront watches them. */
final class ItemStates {
  private static final int ETAG_BYTES = 12;

  private ItemStates() {}

  static ItemAvailability unknown(String sku) {
    return sealed(
        ItemAvailability.newBuilder()
            .setSku(sku)
            .setKind(AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK)
            .setUnknownItem(true));
  }

  /**
   * From the answer for one unit.
   *
   * @param available units that can be had from stock
   */
  static ItemAvailability of(QuotedLine one, long available) {
    ItemAvailability.Builder state =
        ItemAvailability.newBuilder()
            .setSku(one.getSku())
            .setKind(one.getKind())
            .setAvailableQuantity(available)
            .setOrderableQuantity(one.getOrderableQuantity())
            .setLowStock(one.getLowStock());
    if (one.getPortionsCount() > 0) {
      state.setPromise(one.getPortions(0).getPromise());
    }
    return sealed(state);
  }

  private static ItemAvailability sealed(ItemAvailability.Builder state) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(state.build().toByteArray());
      return state.setEtag(HexFormat.of().formatHex(hash, 0, ETAG_BYTES)).build();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
