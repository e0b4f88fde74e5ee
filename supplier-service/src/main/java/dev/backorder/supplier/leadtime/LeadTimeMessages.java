package dev.backorder.supplier.leadtime;

import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.leadtime.ObservationBook.Kept;
import dev.backorder.supplier.leadtime.model.DayDistribution;
import dev.backorder.supplier.leadtime.model.MeasuredTimes;
import dev.backorder.supplier.v1.DayQuantile;
import dev.backorder.supplier.v1.LeadTimeObservation;
import dev.backorder.supplier.v1.LeadTimePercentile;
import dev.backorder.supplier.v1.SupplierEvent;
import dev.backorder.supplier.v1.SupplierItemTerms;
import dev.backorder.supplier.v1.SupplierItemTermsChanged;
import dev.backorder.supplier.v1.SupplierTermsChanged;
import dev.backorder.supplier.wire.Dates;
import dev.backorder.supplier.wire.Times;
import java.time.DayOfWeek;
import java.util.List;

/** What was measured, on the wire. */
final class LeadTimeMessages {
  private static final List<Integer> PERCENTILES = List.of(50, 80, 90, 95, 98, 99);

  private LeadTimeMessages() {}

  static SupplierEvent fact(SupplierProfile supplier, MeasuredTimes measured) {
    dev.backorder.supplier.v1.SupplierTerms.Builder terms =
        dev.backorder.supplier.v1.SupplierTerms.newBuilder()
            .setSupplier(supplier.code())
            .setActive(supplier.active())
            .setTimeZone(supplier.zone().getId())
            .setSendDelayMinutes(
                supplier.autoSend() ? Math.toIntExact(supplier.sendDelay().toMinutes()) : 0)
            .setLeadTime(render(measured.leadTime()))
            .setLateness(render(measured.lateness()));
    supplier.calendar().weekdays().stream()
        .map(DayOfWeek::getValue)
        .sorted()
        .forEach(terms::addWorkingWeekdays);
    supplier.calendar().closedDates().stream()
        .sorted()
        .map(Dates::toWire)
        .forEach(terms::addClosedDates);
    return SupplierEvent.newBuilder()
        .setSupplierTermsChanged(SupplierTermsChanged.newBuilder().setTerms(terms))
        .build();
  }

  static SupplierEvent fact(SoldItem item, MeasuredTimes measured) {
    return SupplierEvent.newBuilder()
        .setSupplierItemTermsChanged(
            SupplierItemTermsChanged.newBuilder()
                .setTerms(
                    SupplierItemTerms.newBuilder()
                        .setSupplier(item.supplier())
                        .setSku(item.sku())
                        .setLeadTimeDays(item.leadTimeDays())
                        .setPriority(item.priority())
                        .setLeadTime(render(measured.leadTime()))
                        .setLateness(render(measured.lateness()))))
        .build();
  }

  static dev.backorder.supplier.v1.MeasuredTimes render(MeasuredTimes measured) {
    dev.backorder.supplier.v1.MeasuredTimes.Builder message =
        dev.backorder.supplier.v1.MeasuredTimes.newBuilder()
            .setLeadTime(render(measured.leadTime()))
            .setLateness(render(measured.lateness()));
    if (measured.leadTime().lines() > 0) {
      for (int percent : PERCENTILES) {
        message.addPercentiles(
            LeadTimePercentile.newBuilder()
                .setPercent(percent)
                .setLeadTimeDays(measured.leadTime().quantile(percent).orElseThrow())
                .setLateDays(measured.lateness().quantile(percent).orElseThrow()));
      }
    }
    return message.build();
  }

  static LeadTimeObservation render(Kept kept) {
    return LeadTimeObservation.newBuilder()
        .setSupplier(kept.supplier())
        .setSku(kept.sku())
        .setLineId(kept.observation().line().toString())
        .setQuantity(kept.observation().quantity())
        .setLineReceivedQuantity(kept.observation().lineReceived())
        .setLineExpectedQuantity(kept.observation().lineExpected())
        .setSentDate(Dates.toWire(kept.days().sent()))
        .setPromisedDate(Dates.toWire(kept.days().promised()))
        .setReceivedDate(Dates.toWire(kept.days().received()))
        .setLeadTimeDays(kept.observation().leadTimeDays())
        .setLateDays(kept.observation().lateDays())
        .setReceivedTime(Times.toWire(kept.receivedTime()))
        .build();
  }

  private static dev.backorder.supplier.v1.DayDistribution render(DayDistribution distribution) {
    dev.backorder.supplier.v1.DayDistribution.Builder message =
        dev.backorder.supplier.v1.DayDistribution.newBuilder()
            .setLineCount(distribution.lines())
            .setMeanDays(distribution.meanDays());
    distribution
        .steps()
        .forEach(
            step ->
                message.addQuantiles(
                    DayQuantile.newBuilder()
                        .setUpToPercent(step.upToPercent())
                        .setDays(step.days())));
    return message.build();
  }
}
