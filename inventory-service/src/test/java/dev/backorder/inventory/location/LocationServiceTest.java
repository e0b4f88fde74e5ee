package dev.backorder.inventory.location;

import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.ListLocationsRequest;
import dev.backorder.inventory.v1.ListLocationsResponse;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class LocationServiceTest {

  @Inject Locations useCase;

  private Inventory inventory;

  @BeforeEach
  void reset() {
    inventory = new Inventory().reset();
  }

  @Test
  void a_location_is_read_as_it_was_created() {
    Location location =
        location("shop")
            .setPriority(3)
            .setHandlingDays(1)
            .setInspectionDays(2)
            .addTransitTimes(transit("*", 9))
            .addTransitTimes(transit("GB", 1))
            .addAllWorkingWeekdays(List.of(1, 2, 3, 4, 5))
            .addClosedDates(date(2026, 12, 25))
            .build();
    Location created = create(location);
    assertThat(created.getEtag()).isNotEmpty();
    assertThat(created.toBuilder().clearEtag().build()).isEqualTo(location);
    assertThat(get("shop")).isEqualTo(created);
  }

  @Test
  void without_weekdays_it_works_on_all_seven() {
    assertThat(create(location("always").build()).getWorkingWeekdaysList())
        .containsExactly(1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void a_code_is_taken_once() {
    create(location("one").build());
    Map<String, Long> before = Database.counts();
    Refusal refusal = Refusal.of(() -> create(location("one").setName("Another").build()));
    assertThat(refusal.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("LOCATION_EXISTS");
    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void an_unknown_location_is_not_found() {
    assertThat(Refusal.of(() -> get("nowhere")).reason()).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(Refusal.of(() -> update(location("nowhere").setEtag("1").build())).reason())
        .isEqualTo("LOCATION_NOT_FOUND");
  }

  @Test
  void everything_that_is_wrong_with_a_location_is_named_at_once() {
    Refusal refusal =
        Refusal.of(
            () ->
                create(
                    location("bad")
                        .setTimeZone("Europe/Atlantis")
                        .addTransitTimes(transit("GB", 1))
                        .addTransitTimes(transit("GB", 2))
                        .addClosedDates(date(2026, 2, 29))
                        .addClosedDates(date(2026, 12, 25))
                        .addClosedDates(date(2026, 12, 25))
                        .build()));
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields())
        .containsExactlyInAnyOrder(
            "location.time_zone",
            "location.transit_times[1].destination_country",
            "location.closed_dates[0]",
            "location.closed_dates[2]");
  }

  @Test
  void a_calendar_without_a_working_day_is_refused() {
    Location.Builder closed = location("closed").addWorkingWeekdays(1);
    LocalDate monday = LocalDate.of(2026, 3, 2);
    IntStream.range(0, 60)
        .mapToObj(monday::plusWeeks)
        .forEach(
            day ->
                closed.addClosedDates(
                    date(day.getYear(), day.getMonthValue(), day.getDayOfMonth())));
    Refusal refusal = Refusal.of(() -> create(closed.build()));
    assertThat(refusal.fields()).containsExactly("location.closed_dates");
  }

  @Test
  void an_update_needs_the_etag_last_read() {
    Location created = create(location("etag").build());
    Location updated = update(created.toBuilder().setName("Renamed").build());
    assertThat(updated.getName()).isEqualTo("Renamed");
    assertThat(updated.getEtag()).isNotEqualTo(created.getEtag());

    Refusal stale = Refusal.of(() -> update(created.toBuilder().setName("Late").build()));
    assertThat(stale.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(stale.reason()).isEqualTo("ETAG_MISMATCH");
    Refusal blind = Refusal.of(() -> update(created.toBuilder().clearEtag().build()));
    assertThat(blind.fields()).containsExactly("location.etag");
    assertThat(get("etag")).isEqualTo(updated);
  }

  @Test
  void transit_times_are_replaced_as_a_whole() {
    Location created =
        create(
            location("moves")
                .addTransitTimes(transit("FR", 3))
                .addTransitTimes(transit("GB", 1))
                .build());
    Location updated =
        update(created.toBuilder().clearTransitTimes().addTransitTimes(transit("GB", 2)).build());
    assertThat(updated.getTransitTimesList()).containsExactly(transit("GB", 2));
    assertThat(get("moves").getTransitTimesList()).containsExactly(transit("GB", 2));
  }

  @Test
  void pages_walk_through_all_locations() {
    for (String code : List.of("c", "a", "b")) {
      create(location(code).build());
    }
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListLocationsResponse page =
          inventory.locations.listLocations(
              ListLocationsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getLocationsList().forEach(location -> seen.add(location.getCode()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void active_locations_are_asked_by_priority_then_code() {
    create(location("late").setPriority(2).build());
    create(location("off").setActive(false).build());
    create(location("b").setPriority(1).build());
    create(
        location("a")
            .setPriority(1)
            .setTimeZone("America/New_York")
            .addWorkingWeekdays(6)
            .addTransitTimes(transit("GB", 4))
            .addTransitTimes(transit("*", 8))
            .build());
    assertThat(useCase.active()).extracting(LocationView::code).containsExactly("a", "b", "late");
    assertThat(useCase.find("off")).hasValueSatisfying(v -> assertThat(v.active()).isFalse());
    assertThat(useCase.find("none")).isEmpty();

    LocationView first = useCase.active().get(0);
    assertThat(first.zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(first.calendar().weekdays()).containsExactly(DayOfWeek.SATURDAY);
    assertThat(first.transitDaysTo("GB")).hasValue(4);
    assertThat(first.transitDaysTo("FR")).hasValue(8);
    assertThat(first.transitDaysTo("")).isEmpty();
  }

  private Location create(Location location) {
    return inventory
        .locations
        .createLocation(
            CreateLocationRequest.newBuilder()
                .setRequestId(request())
                .setLocation(location)
                .build())
        .getLocation();
  }

  private Location update(Location location) {
    return inventory
        .locations
        .updateLocation(
            UpdateLocationRequest.newBuilder()
                .setRequestId(request())
                .setLocation(location)
                .build())
        .getLocation();
  }

  private Location get(String code) {
    return inventory
        .locations
        .getLocation(GetLocationRequest.newBuilder().setCode(code).build())
        .getLocation();
  }

  private static TransitTime transit(String country, int days) {
    return TransitTime.newBuilder().setDestinationCountry(country).setDays(days).build();
  }

  private static Date date(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
