package dev.backorder.platform.check;

/**
 * One difference between two books that must agree.
 *
 * @param name name of the check that found it
 * @param subject what differs: ids separated by spaces
 */
public record Difference(String name, String subject, String expected, String actual) {}
