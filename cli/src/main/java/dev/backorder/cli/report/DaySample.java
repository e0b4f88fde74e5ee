package dev.backorder.cli.report;

import java.time.LocalDate;

/**
 * The state at the end of a simulated day.
 *
 * @param day in the warehouse's time zone
 * @param onHandUnits units on the shelf
 * @param waitingUnits units that customers wait for
 */
public record DaySample(LocalDate day, long onHandUnits, long waitingUnits) {}
