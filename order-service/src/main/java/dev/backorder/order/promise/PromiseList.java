package dev.backorder.order.promise;

import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListPromisesResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Lists the ledger in the order of telling. */
@ApplicationScoped
public class PromiseList {
  private final PromiseRows rows;

  PromiseList(PromiseRows rows) {
    this.rows = rows;
  }

  /** One page. */
  public ListPromisesResponse list(ListPromisesRequest request) {
    String list = "promises:" + request.getOrderId();
    long after = place(PageTokens.decode(list, request.getPageToken()));
    int size = PageTokens.size(request.getPageSize());
    Optional<UUID> orderId =
        request.getOrderId().isEmpty()
            ? Optional.empty()
            : Optional.of(UUID.fromString(request.getOrderId()));
    List<PromiseRow> found = rows.page(after, size + 1, orderId);
    List<PromiseRow> page = found.subList(0, Math.min(size, found.size()));
    ListPromisesResponse.Builder response = ListPromisesResponse.newBuilder();
    page.forEach(row -> response.addPromises(row.toProto()));
    if (found.size() > size) {
      long last = page.get(size - 1).entry().sequence();
      response.setNextPageToken(PageTokens.encode(list, Long.toString(last)));
    }
    return response.build();
  }

  private static long place(List<String> keyset) {
    try {
      return keyset.isEmpty() ? 0 : Long.parseLong(keyset.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
