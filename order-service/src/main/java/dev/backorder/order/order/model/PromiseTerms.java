package dev.backorder.order.order.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What is promised: a date, how sure it is, and what it rests on, in the words of
 * inventory-service.
 *
 * @param shipByDate last day on which the goods leave
 * @param deliverByDate last day on which they arrive, when known
 * @param percentile share of cases, in percent, in which the date is expected to hold
 * @param basis what the date rests on, for example {@code STOCK}
 * @param constraint what would have to change for an earlier date
 * @param supplyId the supply it rests on; empty when none
 */
public record PromiseTerms(
    LocalDate shipByDate,
    Optional<LocalDate> deliverByDate,
    int percentile,
    String basis,
    String constraint,
    String supplyId) {}
