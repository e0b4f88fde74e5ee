package dev.backorder.supplier.catalogue.model;

/**
 * So much money for so many units.
 *
 * @param currency ISO 4217 code
 * @param amountMinor minor units of the currency for {@code perQuantity} units
 * @param perQuantity units that the amount buys, at least 1
 */
public record Cost(String currency, long amountMinor, long perQuantity) {}
