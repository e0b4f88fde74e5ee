package dev.backorder.inventory.location;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.location.model.Location;
import dev.backorder.inventory.location.model.LocationChanged;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.CreateLocationResponse;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.GetLocationResponse;
import dev.backorder.inventory.v1.ListLocationsRequest;
import dev.backorder.inventory.v1.ListLocationsResponse;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import dev.backorder.inventory.v1.UpdateLocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

/** Places that hold stock. */
@ApplicationScoped
public class Locations {

  private static final String RESOURCE = "location";
  private static final String LIST = "locations";

  private final LocationRepository locations;
  private final LocationViews views;
  private final RequestLog requests;
  private final Event<LocationChanged> changes;

  Locations(
      LocationRepository locations,
      LocationViews views,
      RequestLog requests,
      Event<LocationChanged> changes) {
    this.locations = locations;
    this.views = views;
    this.requests = requests;
    this.changes = changes;
  }

  /**
   * The active locations in the order in which they are asked for stock: by priority, then code.
   */
  @Transactional
  public List<LocationView> active() {
    return views.active();
  }

  /** One location, active or not; empty when there is none with this code. */
  @Transactional
  public Optional<LocationView> find(String code) {
    return views.find(code);
  }

  /** Creates a location. */
  @Transactional
  CreateLocationResponse create(CreateLocationRequest request) {
    Location location = LocationMessages.parse(request.getLocation());
    return requests.once(
        request.getRequestId(),
        request,
        CreateLocationResponse.parser(),
        () ->
            CreateLocationResponse.newBuilder()
                .setLocation(LocationMessages.render(insert(location)))
                .build());
  }

  /** Reads one location. */
  @Transactional
  GetLocationResponse get(GetLocationRequest request) {
    LocationEntity found =
        locations
            .findByIdOptional(request.getCode())
            .orElseThrow(() -> notFound(request.getCode()));
    return GetLocationResponse.newBuilder().setLocation(LocationMessages.render(found)).build();
  }

  /** Lists locations by code. */
  @Transactional
  ListLocationsResponse list(ListLocationsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    List<LocationEntity> found = locations.page(after.isEmpty() ? "" : after.get(0), size + 1);
    ListLocationsResponse.Builder response = ListLocationsResponse.newBuilder();
    found.stream().limit(size).map(LocationMessages::render).forEach(response::addLocations);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(LIST, found.get(size - 1).code));
    }
    return response.build();
  }

  /** Replaces a location's data when nobody changed it since it was read. */
  @Transactional
  UpdateLocationResponse update(UpdateLocationRequest request) {
    Location location = LocationMessages.parseUpdate(request.getLocation());
    return requests.once(
        request.getRequestId(),
        request,
        UpdateLocationResponse.parser(),
        () ->
            UpdateLocationResponse.newBuilder()
                .setLocation(
                    LocationMessages.render(replace(location, request.getLocation().getEtag())))
                .build());
  }

  private LocationEntity insert(Location location) {
    String code = location.view().code();
    if (locations.findByIdOptional(code).isPresent()) {
      throw exists(code);
    }
    LocationEntity entity = LocationEntity.of(location);
    try {
      locations.persistAndFlush(entity);
    } catch (ConstraintViolationException e) {
      // Somebody else created it in this very moment.
      throw exists(code);
    }
    changes.fire(new LocationChanged(code));
    return entity;
  }

  private LocationEntity replace(Location location, String etag) {
    String code = location.view().code();
    LocationEntity entity = locations.lock(code).orElseThrow(() -> notFound(code));
    if (!entity.etag().equals(etag)) {
      throw DomainException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "The location changed since it was read: read it again, then retry with its new etag.");
    }
    entity.take(location);
    locations.flush();
    changes.fire(new LocationChanged(code));
    return entity;
  }

  private static DomainException notFound(String code) {
    return DomainException.notFound(
        dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, RESOURCE, code);
  }

  private static DomainException exists(String code) {
    return DomainException.alreadyExists(
        dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_LOCATION_EXISTS, RESOURCE, code);
  }
}
