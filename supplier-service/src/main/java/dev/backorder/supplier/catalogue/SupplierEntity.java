package dev.backorder.supplier.catalogue;

import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.catalogue.model.WorkingCalendar;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.hibernate.annotations.BatchSize;

@Entity
@Table(name = "supplier")
class SupplierEntity {
  @Id String code;

  String name;

  @Column(name = "time_zone")
  String timeZone;

  boolean active;

  @Column(name = "send_delay_minutes")
  int sendDelayMinutes;

  @Column(name = "auto_send")
  boolean autoSend;

  @Column(name = "over_receipt_tolerance_percent")
  int overReceiptTolerancePercent;

  @Column(name = "under_receipt_tolerance_percent")
  int underReceiptTolerancePercent;

  @Column(name = "working_weekdays")
  int[] workingWeekdays;

  @ElementCollection
  @BatchSize(size = 100)
  @CollectionTable(name = "supplier_closed_date", joinColumns = @JoinColumn(name = "supplier"))
  @Column(name = "closed_date")
  Set<LocalDate> closedDates = new HashSet<>();

  long version;

  @Column(name = "create_time")
  Instant createTime;

  @Column(name = "update_time")
  Instant updateTime;

  SupplierProfile profile() {
    Set<DayOfWeek> weekdays =
        Arrays.stream(workingWeekdays).mapToObj(DayOfWeek::of).collect(Collectors.toSet());
    return new SupplierProfile(
        code,
        name,
        ZoneId.of(timeZone),
        active,
        Duration.ofMinutes(sendDelayMinutes),
        autoSend,
        overReceiptTolerancePercent,
        underReceiptTolerancePercent,
        new WorkingCalendar(weekdays, closedDates));
  }

  /** Takes over all but the code. */
  void set(SupplierProfile profile) {
    name = profile.name();
    timeZone = profile.zone().getId();
    active = profile.active();
    sendDelayMinutes = Math.toIntExact(profile.sendDelay().toMinutes());
    autoSend = profile.autoSend();
    overReceiptTolerancePercent = profile.overReceiptTolerancePercent();
    underReceiptTolerancePercent = profile.underReceiptTolerancePercent();
    workingWeekdays =
        profile.calendar().weekdays().stream().mapToInt(DayOfWeek::getValue).sorted().toArray();
    closedDates.retainAll(profile.calendar().closedDates());
    closedDates.addAll(profile.calendar().closedDates());
  }
}
