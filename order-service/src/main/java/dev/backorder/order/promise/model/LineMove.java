package dev.backorder.order.promise.model;

import dev.backorder.order.order.model.Portion;
import java.time.LocalDate;
import java.util.List;

/**
 * What happened to the units of a line.
 *
 * @param shipped units that left
 * @param released units that were cancelled
 * @param day the day on which that happened
 * @param open what is reserved or waits after it
 */
public record LineMove(long shipped, long released, LocalDate day, List<Portion> open) {}
