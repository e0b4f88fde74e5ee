package dev.backorder.platform.errors;

/**
 * One thing that is wrong with one field of a request.
 *
 * @param field path in the request, for example {@code lines[2].sku}
 * @param description what is wrong, in words for the caller
 */
public record FieldProblem(String field, String description) {}
