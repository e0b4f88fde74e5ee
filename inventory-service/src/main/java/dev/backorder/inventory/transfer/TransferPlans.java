package dev.backorder.inventory.transfer;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.TransferBook;
import dev.backorder.inventory.book.TransferMessages;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.queue.TransferSupplies;
import dev.backorder.inventory.stock.OnShelf;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferLine;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.CreateTransferResponse;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.PlannedUnits;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Plans transfers: their units are set aside at the origin and promised at the destination in the
 * same transaction. The rows of the items are locked everywhere, as for an order, because what is
 * kept at one location depends on what is free at the others.
 */
@ApplicationScoped
public class TransferPlans {
  private final TransferBook transfers;
  private final TransferSupplies transferSupplies;
  private final StockBook stock;
  private final HoldBook holds;
  private final RingFenceBook ringFences;
  private final FencedUnits fencedUnits;
  private final HeldUnits heldUnits;
  private final Books books;
  private final Items items;
  private final Locations locations;
  private final Promisings promisings;
  private final TransferConfig config;
  private final RequestLog requests;
  private final Ids ids;
  private final Clock clock;

  TransferPlans(
      TransferBook transfers,
      TransferSupplies transferSupplies,
      StockBook stock,
      HoldBook holds,
      RingFenceBook ringFences,
      FencedUnits fencedUnits,
      HeldUnits heldUnits,
      Books books,
      Items items,
      Locations locations,
      Promisings promisings,
      TransferConfig config,
      RequestLog requests,
      Ids ids,
      Clock clock) {
    this.transfers = transfers;
    this.transferSupplies = transferSupplies;
    this.stock = stock;
    this.holds = holds;
    this.ringFences = ringFences;
    this.fencedUnits = fencedUnits;
    this.heldUnits = heldUnits;
    this.books = books;
    this.items = items;
    this.locations = locations;
    this.promisings = promisings;
    this.config = config;
    this.requests = requests;
    this.ids = ids;
    this.clock = clock;
  }

  /** Plans a transfer, or only says what would come of it. */
  @Transactional
  CreateTransferResponse create(CreateTransferRequest request) {
    Optional<LocalDate> day = parse(request);
    if (request.getValidateOnly()) {
      return CreateTransferResponse.newBuilder()
          .setTransfer(
              TransferMessages.render(validate(request, day)).toBuilder().clearTransferId())
          .build();
    }
    return requests.once(
        request.getRequestId(),
        request,
        CreateTransferResponse.parser(),
        () ->
            CreateTransferResponse.newBuilder()
                .setTransfer(TransferMessages.render(record(request, day)))
                .build());
  }

  private static Optional<LocalDate> parse(CreateTransferRequest request) {
    FieldProblems problems = new FieldProblems();
    problems.check(
        !request.getFromLocation().equals(request.getToLocation()),
        "to_location",
        "must not be the from_location");
    Set<String> named = new HashSet<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      boolean first = named.add(request.getLines(i).getSku());
      problems.check(first, "lines[%d].sku".formatted(i), "must not be named twice");
    }
    Optional<LocalDate> day =
        request.hasExpectedDate()
            ? Wire.day(request.getExpectedDate(), "expected_date", problems)
            : Optional.empty();
    problems.throwIfAny();
    return day;
  }

  private Transfer validate(CreateTransferRequest request, Optional<LocalDate> day) {
    Instant now = clock.instant();
    Set<String> skus = skus(request);
    LocalDate expected = arrival(request, day, now);
    Map<String, ItemPolicy> policies = policies(request, skus);
    SortedMap<StockKey, StockRow> rows = stock.read(skus);
    holds
        .expired(skus, now)
        .forEach((key, end) -> rows.computeIfPresent(key, (k, r) -> r.plus(end)));
    Map<String, RingFences> fences = ringFences.remaining(rows.values(), now);
    refuseUnlessAvailable(
        request, policies, rows, sku -> fences.getOrDefault(sku, RingFences.none()), now);
    return plan(request, expected, "", now);
  }

  private Transfer record(CreateTransferRequest request, Optional<LocalDate> day) {
    Instant now = clock.instant();
    Set<String> skus = skus(request);
    LocalDate expected = arrival(request, day, now);
    Map<String, ItemPolicy> policies = policies(request, skus);
    Changes changes =
        new Changes(
            now,
            stock.lockItems(
                skus, List.of(request.getFromLocation(), request.getToLocation()), some -> some));
    items.refuseKits(skus);
    heldUnits.endExpired(changes);
    SortedMap<StockKey, StockRow> rows = changes.rows();
    refuseUnlessAvailable(request, policies, rows, sku -> fencedUnits.of(changes, sku), now);
    Transfer transfer = plan(request, expected, ids.next().toString(), now);
    transfer
        .lines()
        .forEach(
            line ->
                changes.add(
                    new StockKey(line.sku(), transfer.from()),
                    StockDelta.outgoing(line.outgoing())));
    transfers.insert(transfer);
    transferSupplies.follow(changes, transfer);
    books.close(changes);
    return transfer;
  }

  private static Set<String> skus(CreateTransferRequest request) {
    Set<String> skus = new TreeSet<>();
    request.getLinesList().forEach(line -> skus.add(line.getSku()));
    return skus;
  }

  /** The day on which it is expected; refuses locations that cannot be. */
  private LocalDate arrival(CreateTransferRequest request, Optional<LocalDate> day, Instant now) {
    LocationView from = active(request.getFromLocation());
    LocalDate today = active(request.getToLocation()).today(now);
    FieldProblems problems = new FieldProblems();
    problems.check(
        day.filter(today::isAfter).isEmpty(), "expected_date", "must not be before today there");
    problems.throwIfAny();
    LocalDate usual =
        from.calendar()
            .addWorkingDays(from.today(now), from.handlingDays())
            .plusDays(config.transitDays());
    return day.orElse(usual.isBefore(today) ? today : usual);
  }

  private LocationView active(String code) {
    if (locations.find(code).isEmpty()) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", code);
    }
    return locations.active().stream()
        .filter(location -> location.code().equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                DomainException.precondition(
                    ErrorReason.ERROR_REASON_LOCATION_INACTIVE,
                    "The location takes no part: it is inactive.",
                    Map.of("location", code)));
  }

  private Map<String, ItemPolicy> policies(CreateTransferRequest request, Set<String> skus) {
    Map<String, ItemPolicy> policies = items.policies(skus, "");
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getLinesCount(); i++) {
      String field = "lines[%d].sku".formatted(i);
      ItemPolicy policy = policies.get(request.getLines(i).getSku());
      problems.check(policy != null, field, "is no item");
      problems.check(policy == null || !policy.isKit(), field, "is a kit: name its components");
    }
    problems.throwIfAny();
    return policies;
  }

  private void refuseUnlessAvailable(
      CreateTransferRequest request,
      Map<String, ItemPolicy> policies,
      SortedMap<StockKey, StockRow> rows,
      Function<String, RingFences> fences,
      Instant now) {
    List<Promising> active = promisings.active(now);
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getLinesCount(); i++) {
      PlannedUnits line = request.getLines(i);
      long available =
          OnShelf.of(
                  line.getSku(),
                  rows,
                  Optional.of(policies.get(line.getSku())),
                  active,
                  fences.apply(line.getSku()))
              .get(new StockKey(line.getSku(), request.getFromLocation()))
              .available();
      problems.check(
          line.getQuantity() <= available,
          "lines[%d].quantity".formatted(i),
          "must not be above the %d that are available".formatted(available));
    }
    if (!problems.isEmpty()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_NOT_ENOUGH_AVAILABLE,
          "Fewer units are available at the location.",
          Map.of("location", request.getFromLocation()),
          problems.list());
    }
  }

  private Transfer plan(CreateTransferRequest request, LocalDate expected, String id, Instant now) {
    // The supplies of a plan that is only validated have no ids either.
    List<TransferLine> lines =
        request.getLinesList().stream()
            .map(
                line ->
                    TransferLine.planned(
                        id.isEmpty() ? "" : ids.next().toString(),
                        line.getSku(),
                        line.getQuantity()))
            .toList();
    return Transfer.planned(
        id,
        request.getFromLocation(),
        request.getToLocation(),
        expected,
        lines,
        request.getReason(),
        request.getActor().isEmpty() ? Calls.caller() : request.getActor(),
        now);
  }
}
