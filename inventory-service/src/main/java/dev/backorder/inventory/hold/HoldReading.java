package dev.backorder.inventory.hold;

import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldRow;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetHoldRequest;
import dev.backorder.inventory.v1.GetHoldResponse;
import dev.backorder.inventory.v1.ListHoldsRequest;
import dev.backorder.inventory.v1.ListHoldsResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What carts hold, as people and services see it: expired holds are not there. */
@ApplicationScoped
public class HoldReading {
  private static final String LIST = "holds";

  private final HoldBook holds;
  private final Sql sql;
  private final Clock clock;

  HoldReading(HoldBook holds, Sql sql, Clock clock) {
    this.holds = holds;
    this.sql = sql;
    this.clock = clock;
  }

  /** What one cart holds. */
  @Transactional
  GetHoldResponse get(GetHoldRequest request) {
    oneMoment();
    String cart = request.getCartId();
    Instant now = clock.instant();
    HoldRow row = holds.find(List.of(cart)).get(cart);
    List<HoldUnits> units = holds.units(List.of(cart)).getOrDefault(cart, List.of());
    if (row == null || units.isEmpty() || !row.expireTime().isAfter(now)) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_HOLD_NOT_FOUND, "hold", cart);
    }
    return GetHoldResponse.newBuilder().setHold(HoldMessages.render(row, units)).build();
  }

  /** Holds by cart id. */
  @Transactional
  ListHoldsResponse list(ListHoldsRequest request) {
    oneMoment();
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    List<HoldRow> found =
        holds.page(
            request.getSku(), clock.instant(), after.isEmpty() ? "" : after.get(0), size + 1);
    List<HoldRow> page = found.size() > size ? found.subList(0, size) : found;
    Map<String, List<HoldUnits>> units = holds.units(page.stream().map(HoldRow::cartId).toList());
    ListHoldsResponse.Builder response = ListHoldsResponse.newBuilder();
    page.forEach(
        row ->
            response.addHolds(
                HoldMessages.render(row, units.getOrDefault(row.cartId(), List.of()))));
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(LIST, page.get(size - 1).cartId()));
    }
    return response.build();
  }

  /** First in its transaction, so that all reads see the same moment. */
  private void oneMoment() {
    sql.later("set transaction isolation level repeatable read, read only");
  }
}
