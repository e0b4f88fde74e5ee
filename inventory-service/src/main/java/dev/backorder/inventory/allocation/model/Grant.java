package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Terms;

/**
 * Units that a line gets, or may wait for.
 *
 * @param line position of the line in the order
 * @param sku the item; of a kit's component the component
 * @param location code of the location that serves it
 * @param reserved true for units on the shelf, false for a place in the queue
 * @param quantity units
 * @param supplyId the supply that waiting units are pegged to; empty when none
 * @param promise the date
 * @param terms what every later date has to respect
 */
public record Grant(
    int line,
    String sku,
    String location,
    boolean reserved,
    long quantity,
    String supplyId,
    Promise promise,
    Terms terms) {}
