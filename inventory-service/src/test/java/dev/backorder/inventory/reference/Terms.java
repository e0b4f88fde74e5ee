package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What a date has to respect wherever the units come from.
 *
 * @param release the first day on which a preorder may leave
 * @param wanted the first day on which the buyer wants it
 */
record Terms(Optional<LocalDate> release, Optional<LocalDate> wanted) {}
