package dev.backorder.inventory.location;

import dev.backorder.inventory.location.model.Location;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.location.model.WorkingCalendar;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.FieldProblems;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Locations as the contract writes them. What one field can say for itself is checked by the
 * contract's own rules before we see it.
 */
final class LocationMessages {
  private LocationMessages() {}

  /** Reads a location that shall be made. */
  static Location parse(dev.backorder.inventory.v1.Location message) {
    FieldProblems problems = new FieldProblems();
    Location location = location(message, problems);
    problems.throwIfAny();
    return location;
  }

  /** Reads a location that shall replace another one. */
  static Location parseUpdate(dev.backorder.inventory.v1.Location message) {
    FieldProblems problems = new FieldProblems();
    problems.check(!message.getEtag().isEmpty(), "location.etag", "must be the etag last read");
    Location location = location(message, problems);
    problems.throwIfAny();
    return location;
  }

  static dev.backorder.inventory.v1.Location render(LocationEntity entity) {
    dev.backorder.inventory.v1.Location.Builder message =
        dev.backorder.inventory.v1.Location.newBuilder()
            .setCode(entity.code)
            .setName(entity.name)
            .setTimeZone(entity.timeZone)
            .setPriority(entity.priority)
            .setActive(entity.active)
            .setHandlingDays(entity.handlingDays)
            .setInspectionDays(entity.inspectionDays)
            .addAllWorkingWeekdays(List.of(entity.workingWeekdays))
            .setEtag(entity.etag());
    for (LocalDate day : entity.closedDates) {
      message.addClosedDates(Wire.date(day));
    }
    entity.transitDays.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .forEach(
            transit ->
                message.addTransitTimes(
                    TransitTime.newBuilder()
                        .setDestinationCountry(transit.getKey())
                        .setDays(transit.getValue())));
    return message.build();
  }

  /**
   * Reads a location; when something is wrong, the problem is noted and the rest read all the same.
   */
  private static Location location(
      dev.backorder.inventory.v1.Location message, FieldProblems problems) {
    return new Location(
        message.getName(),
        new LocationView(
            message.getCode(),
            message.getActive(),
            zone(message.getTimeZone(), problems),
            message.getPriority(),
            message.getHandlingDays(),
            message.getInspectionDays(),
            transitDays(message.getTransitTimesList(), problems),
            calendar(message, problems)));
  }

  private static ZoneId zone(String name, FieldProblems problems) {
    boolean known = ZoneId.getAvailableZoneIds().contains(name);
    problems.check(known, "location.time_zone", "must be an IANA time zone such as Europe/London");
    return known ? ZoneId.of(name) : ZoneId.of("UTC");
  }

  private static Map<String, Integer> transitDays(
      List<TransitTime> messages, FieldProblems problems) {
    Map<String, Integer> days = new HashMap<>();
    for (int i = 0; i < messages.size(); i++) {
      TransitTime transit = messages.get(i);
      problems.check(
          days.put(transit.getDestinationCountry(), transit.getDays()) == null,
          "location.transit_times[%d].destination_country".formatted(i),
          "must be in the location only once");
    }
    return days;
  }

  private static WorkingCalendar calendar(
      dev.backorder.inventory.v1.Location message, FieldProblems problems) {
    Set<DayOfWeek> weekdays = EnumSet.noneOf(DayOfWeek.class);
    message.getWorkingWeekdaysList().forEach(day -> weekdays.add(DayOfWeek.of(day)));
    if (weekdays.isEmpty()) {
      weekdays.addAll(EnumSet.allOf(DayOfWeek.class));
    }
    WorkingCalendar calendar = new WorkingCalendar(weekdays, closedDates(message, problems));
    problems.check(
        calendar.worksEveryYear(),
        "location.closed_dates",
        "must leave at least one working day in every year");
    return calendar;
  }

  private static Set<LocalDate> closedDates(
      dev.backorder.inventory.v1.Location message, FieldProblems problems) {
    Set<LocalDate> days = new HashSet<>();
    for (int i = 0; i < message.getClosedDatesCount(); i++) {
      String field = "location.closed_dates[%d]".formatted(i);
      Wire.day(message.getClosedDates(i), field, problems)
          .ifPresent(
              day -> problems.check(days.add(day), field, "must be in the location only once"));
    }
    return days;
  }
}
