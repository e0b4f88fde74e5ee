package dev.backorder.inventory.ringfence;

import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.RingFenceRow;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetRingFenceRequest;
import dev.backorder.inventory.v1.GetRingFenceResponse;
import dev.backorder.inventory.v1.ListRingFencesRequest;
import dev.backorder.inventory.v1.ListRingFencesResponse;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ring fences as people and services see them. */
@ApplicationScoped
class RingFenceReading {
  private static final String LIST = "ring_fences";

  private final RingFenceBook fences;
  private final StockBook stock;
  private final Sql sql;
  private final Clock clock;

  RingFenceReading(RingFenceBook fences, StockBook stock, Sql sql, Clock clock) {
    this.fences = fences;
    this.stock = stock;
    this.sql = sql;
    this.clock = clock;
  }

  /** Reads one. */
  @Transactional
  GetRingFenceResponse get(GetRingFenceRequest request) {
    oneMoment();
    return GetRingFenceResponse.newBuilder().setRingFence(now(request.getRingFenceId())).build();
  }

  /** Lists ring fences by id. */
  @Transactional
  ListRingFencesResponse list(ListRingFencesRequest request) {
    oneMoment();
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    Instant now = clock.instant();
    List<RingFenceRow> found =
        fences.page(
            request.getSku(),
            new Segment(request.getChannel(), request.getCustomerClass()),
            request.getLiveOnly() ? Optional.of(now) : Optional.empty(),
            after.isEmpty() ? "" : after.get(0),
            size + 1);
    List<RingFenceRow> page = found.size() > size ? found.subList(0, size) : found;
    ListRingFencesResponse.Builder response =
        ListRingFencesResponse.newBuilder().addAllRingFences(render(page, now));
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(LIST, page.get(size - 1).ringFenceId()));
    }
    return response.build();
  }

  /** One as it is in the present transaction. */
  RingFence now(String ringFenceId) {
    RingFenceRow row =
        fences
            .find(ringFenceId)
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_RING_FENCE_NOT_FOUND, "ring fence", ringFenceId));
    return render(List.of(row), clock.instant()).get(0);
  }

  private List<RingFence> render(List<RingFenceRow> rows, Instant now) {
    Set<String> skus = rows.stream().map(RingFenceRow::sku).collect(Collectors.toSet());
    Map<String, RingFences> remaining = fences.remaining(stock.read(skus).values(), now);
    return rows.stream()
        .map(
            row ->
                RingFenceMessages.render(
                    row,
                    remaining
                        .getOrDefault(row.sku(), RingFences.none())
                        .remaining(row.ringFenceId())
                        .orElse(0L),
                    now))
        .toList();
  }

  /** First in its transaction, so that all reads see the same moment. */
  private void oneMoment() {
    sql.later("set transaction isolation level repeatable read, read only");
  }
}
