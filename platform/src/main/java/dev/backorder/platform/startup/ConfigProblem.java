package dev.backorder.platform.startup;

/** A property whose value makes no sense. */
public record ConfigProblem(String property, String problem) {}
