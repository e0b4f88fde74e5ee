package dev.backorder.supplier.catalogue;

import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.supplier.catalogue.model.BuyingTerms;
import dev.backorder.supplier.catalogue.model.Cost;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.catalogue.model.WorkingCalendar;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItem;
import dev.backorder.supplier.wire.Dates;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Suppliers and their items on the wire. What the contract's own rules say has been checked before.
 */
final class SupplierMessages {
  private SupplierMessages() {}

  /** Reads a supplier; notes what is wrong with it. */
  static SupplierProfile parse(FieldProblems problems, Supplier supplier) {
    boolean zoneKnown = ZoneId.getAvailableZoneIds().contains(supplier.getTimeZone());
    problems.check(
        zoneKnown, "supplier.time_zone", "must be an IANA time zone, for example Europe/Paris");
    Set<LocalDate> closed = new HashSet<>();
    for (int i = 0; i < supplier.getClosedDatesCount(); i++) {
      Dates.parse(problems, "supplier.closed_dates[%d]".formatted(i), supplier.getClosedDates(i))
          .ifPresent(closed::add);
    }
    Set<DayOfWeek> weekdays =
        supplier.getWorkingWeekdaysList().stream().map(DayOfWeek::of).collect(Collectors.toSet());
    problems.throwIfAny();
    return new SupplierProfile(
        supplier.getCode(),
        supplier.getName(),
        ZoneId.of(supplier.getTimeZone()),
        supplier.getActive(),
        Duration.ofMinutes(supplier.getSendDelayMinutes()),
        supplier.getAutoSend(),
        supplier.getOverReceiptTolerancePercent(),
        supplier.getUnderReceiptTolerancePercent(),
        new WorkingCalendar(weekdays, closed));
  }

  static Supplier render(Suppliers.Stored stored) {
    SupplierProfile profile = stored.profile();
    Supplier.Builder supplier =
        Supplier.newBuilder()
            .setCode(profile.code())
            .setName(profile.name())
            .setTimeZone(profile.zone().getId())
            .setActive(profile.active())
            .setSendDelayMinutes(Math.toIntExact(profile.sendDelay().toMinutes()))
            .setAutoSend(profile.autoSend())
            .setOverReceiptTolerancePercent(profile.overReceiptTolerancePercent())
            .setUnderReceiptTolerancePercent(profile.underReceiptTolerancePercent())
            .setEtag(stored.etag());
    profile.calendar().weekdays().stream()
        .map(DayOfWeek::getValue)
        .sorted()
        .forEach(supplier::addWorkingWeekdays);
    profile.calendar().closedDates().stream()
        .sorted()
        .map(Dates::toWire)
        .forEach(supplier::addClosedDates);
    return supplier.build();
  }

  /** Reads what a supplier sells. */
  static List<SoldItem> parse(BatchSetSupplierItemsRequest request) {
    FieldProblems problems = new FieldProblems();
    Set<String> skus = new HashSet<>();
    for (int i = 0; i < request.getItemsCount(); i++) {
      SupplierItem item = request.getItems(i);
      String field = "items[%d].".formatted(i);
      problems.check(skus.add(item.getSku()), field + "sku", "stands in the request twice");
      problems.check(
          item.getSupplier().isEmpty() || item.getSupplier().equals(request.getSupplier()),
          field + "supplier",
          "must be empty or the supplier of the request");
      problems.check(
          BuyingTerms.canBeMet(orOne(item.getMinimumQuantity()), orOne(item.getMultipleQuantity())),
          field + "multiple_quantity",
          "leaves no quantity up to 1000000000 that is enough for the minimum");
    }
    problems.throwIfAny();
    List<SoldItem> sold = new ArrayList<>();
    request.getItemsList().forEach(item -> sold.add(parse(request.getSupplier(), item)));
    return sold;
  }

  static SupplierItem render(SoldItem item) {
    SupplierItem.Builder rendered =
        SupplierItem.newBuilder()
            .setSupplier(item.supplier())
            .setSku(item.sku())
            .setSupplierSku(item.supplierSku())
            .setMinimumQuantity(item.terms().minimum())
            .setMultipleQuantity(item.terms().multiple())
            .setLeadTimeDays(item.leadTimeDays())
            .setPriority(item.priority());
    item.cost().map(Costs::toWire).ifPresent(rendered::setCost);
    return rendered.build();
  }

  private static SoldItem parse(String supplier, SupplierItem item) {
    Optional<Cost> cost =
        item.hasCost() ? Optional.of(Costs.parse(item.getCost())) : Optional.empty();
    return new SoldItem(
        supplier,
        item.getSku(),
        item.getSupplierSku(),
        cost,
        new BuyingTerms(orOne(item.getMinimumQuantity()), orOne(item.getMultipleQuantity())),
        item.getLeadTimeDays(),
        item.getPriority());
  }

  private static long orOne(long quantity) {
    return Math.max(1, quantity);
  }
}
