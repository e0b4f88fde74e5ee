package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.order.model.Jurisdiction;
import dev.backorder.order.order.model.ShipRule;
import java.time.Instant;
import java.util.UUID;

/**
 * What an order is from its first moment; only its value changes, when lines are added. No personal
 * data: the destination stands in its own table.
 *
 * @param caller who placed it; with {@code placeRequestId} the key of the request that did
 * @param placeFingerprint hash of that request
 * @param totalMinor its value in minor units of {@code currencyCode}
 * @param buyerType name of the contract's value without its prefix; so are {@code shortageRule} and
 *     the like
 * @param cartId the cart that became the order; empty when there was none
 * @param pickUpLocation where everything is picked up; empty when the goods are sent
 * @param sourcingPolicy name of inventory's value; empty when the caller did not say
 * @param completeTime when the legal clock started
 * @param shipRule when units may leave while others wait
 */
public record OrderHeader(
    UUID orderId,
    String caller,
    UUID placeRequestId,
    ByteString placeFingerprint,
    String reference,
    String customerId,
    String channel,
    String customerClass,
    int priority,
    String currencyCode,
    long totalMinor,
    Jurisdiction jurisdiction,
    String buyerType,
    String destinationCountry,
    String shortageRule,
    String cartId,
    String pickUpLocation,
    String sourcingPolicy,
    Instant placeTime,
    Instant completeTime,
    ShipRule shipRule) {

  /** The same order with another value. */
  OrderHeader withTotal(long changedMinor) {
    return new OrderHeader(
        orderId,
        caller,
        placeRequestId,
        placeFingerprint,
        reference,
        customerId,
        channel,
        customerClass,
        priority,
        currencyCode,
        changedMinor,
        jurisdiction,
        buyerType,
        destinationCountry,
        shortageRule,
        cartId,
        pickUpLocation,
        sourcingPolicy,
        placeTime,
        completeTime,
        shipRule);
  }
}
