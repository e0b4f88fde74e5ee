package dev.backorder.inventory.location.model;

/**
 * A location was made or changed, in the present transaction. Features that keep something derived
 * from it observe this; locations know none of them.
 *
 * @param code the location
 */
public record LocationChanged(String code) {}
