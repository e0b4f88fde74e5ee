package dev.backorder.inventory.supplierfeed;

import dev.backorder.inventory.promise.model.Quantiles;
import dev.backorder.inventory.promise.model.Quantiles.Step;
import dev.backorder.inventory.supplierterms.Measured;
import dev.backorder.inventory.supplierterms.SupplierItemTermsRow;
import dev.backorder.inventory.supplierterms.SupplierTermsBook;
import dev.backorder.inventory.supplierterms.SupplierTermsRow;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.supplier.v1.DayDistribution;
import dev.backorder.supplier.v1.SupplierItemTerms;
import dev.backorder.supplier.v1.SupplierTerms;
import java.time.DayOfWeek;
import java.util.stream.Collectors;

/** How suppliers deliver, as their facts say it. What makes no sense is thrown, and parked. */
final class SupplierTermsFacts {
  private SupplierTermsFacts() {}

  static SupplierTermsRow supplier(SupplierTerms terms, long version) {
    return new SupplierTermsRow(
        terms.getSupplier(),
        version,
        terms.getActive(),
        SupplierTermsBook.calendar(
            terms.getWorkingWeekdaysList().stream().map(DayOfWeek::of).collect(Collectors.toSet()),
            terms.getClosedDatesList().stream().map(Wire::day).collect(Collectors.toSet())),
        terms.getSendDelayMinutes(),
        measured(terms.getLeadTime()),
        measured(terms.getLateness()));
  }

  static SupplierItemTermsRow item(SupplierItemTerms terms, long version) {
    return new SupplierItemTermsRow(
        terms.getSku(),
        terms.getSupplier(),
        version,
        terms.getLeadTimeDays(),
        terms.getPriority(),
        measured(terms.getLeadTime()),
        measured(terms.getLateness()));
  }

  private static Measured measured(DayDistribution distribution) {
    return new Measured(
        distribution.getLineCount(),
        new Quantiles(
            distribution.getQuantilesList().stream()
                .map(step -> new Step(step.getUpToPercent(), step.getDays()))
                .toList()));
  }
}
