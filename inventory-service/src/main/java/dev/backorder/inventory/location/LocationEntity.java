package dev.backorder.inventory.location;

import dev.backorder.inventory.location.model.Location;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.location.model.WorkingCalendar;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A row of {@code location} with its rows of {@code location_transit_time}. */
@Entity
@Table(name = "location")
class LocationEntity {

  @Id
  @Column(name = "code")
  String code;

  @Column(name = "name")
  String name;

  @Column(name = "time_zone")
  String timeZone;

  @Column(name = "priority")
  int priority;

  @Column(name = "active")
  boolean active;

  @Column(name = "handling_days")
  int handlingDays;

  @Column(name = "inspection_days")
  int inspectionDays;

  @Column(name = "working_weekdays")
  Integer[] workingWeekdays;

  @Column(name = "closed_dates")
  LocalDate[] closedDates;

  @ElementCollection
  @CollectionTable(name = "location_transit_time", joinColumns = @JoinColumn(name = "location"))
  @MapKeyColumn(name = "destination_country")
  @Column(name = "days")
  Map<String, Integer> transitDays = new HashMap<>();

  // Counted by hand and not with @Version: a transit time that changes is a change of the location.
  @Column(name = "version")
  long version;

  static LocationEntity of(Location location) {
    LocationEntity entity = new LocationEntity();
    entity.code = location.view().code();
    entity.take(location);
    return entity;
  }

  /** Takes over everything that the location says. */
  final void take(Location location) {
    LocationView view = location.view();
    name = location.name();
    timeZone = view.zone().getId();
    priority = view.priority();
    active = view.active();
    handlingDays = view.handlingDays();
    inspectionDays = view.inspectionDays();
    workingWeekdays =
        view.calendar().weekdays().stream()
            .map(DayOfWeek::getValue)
            .sorted()
            .toArray(Integer[]::new);
    closedDates = view.calendar().closedDates().stream().sorted().toArray(LocalDate[]::new);
    transitDays.keySet().retainAll(view.transitDays().keySet());
    transitDays.putAll(view.transitDays());
    version = Math.addExact(version, 1);
  }

  LocationView view() {
    return new LocationView(
        code,
        active,
        ZoneId.of(timeZone),
        priority,
        handlingDays,
        inspectionDays,
        transitDays,
        new WorkingCalendar(
            Arrays.stream(workingWeekdays).map(DayOfWeek::of).collect(Collectors.toSet()),
            Set.of(closedDates)));
  }

  String etag() {
    return Long.toString(version);
  }
}
