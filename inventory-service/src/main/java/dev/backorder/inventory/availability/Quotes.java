package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.ItemBooks;
import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Answers "can I have it, and when?" with the function that decides orders (AV7), on one snapshot
 * for a whole batch of questions. Nothing is kept between batches and the queue is not read, so an
 * answer costs as much with a million lines waiting as with ten.
 */
@ApplicationScoped
public class Quotes {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final Items items;
  private final Promisings promisings;
  private final Sql sql;
  private final Clock clock;

  Quotes(
      StockBook stock,
      SupplyBook supplies,
      Items items,
      Promisings promisings,
      Sql sql,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.items = items;
    this.promisings = promisings;
    this.sql = sql;
    this.clock = clock;
  }

  /** Answers a batch of questions, in their order; one does not see what another asks for. */
  @Transactional
  List<QuoteAvailabilityResponse> quote(List<QuoteAvailabilityRequest> questions) {
    // First in its transaction, so that all reads see the same moment.
    sql.update("set transaction isolation level repeatable read, read only");
    Instant now = clock.instant();
    TreeSet<String> skus = new TreeSet<>();
    questions.forEach(q -> q.getLinesList().forEach(line -> skus.add(line.getSku())));
    List<Promising> active = promisings.active(now);
    SortedMap<StockKey, StockRow> rows = stock.read(skus);
    Map<String, ItemBook> books = ItemBooks.of(skus, rows, supplies.live(skus), active);
    Decider decider = new Decider(books);
    Map<String, Map<String, ItemPolicy>> policies = new HashMap<>();
    List<QuoteAvailabilityResponse> answers = new ArrayList<>();
    for (QuoteAvailabilityRequest question : questions) {
      Map<String, ItemPolicy> onChannel =
          policies.computeIfAbsent(
              question.getSalesContext().getChannel(), c -> items.policies(skus, c));
      answers.add(answer(question, decider, books, onChannel, now));
    }
    return answers;
  }

  private static QuoteAvailabilityResponse answer(
      QuoteAvailabilityRequest question,
      Decider decider,
      Map<String, ItemBook> books,
      Map<String, ItemPolicy> policies,
      Instant now) {
    Buyer buyer = buyer(question.getSalesContext());
    List<Demand> demands =
        question.getLinesList().stream()
            .map(line -> new Demand(line.getSku(), line.getQuantity()))
            .toList();
    Decision decision = decider.quote(demands, buyer, policies);
    QuoteAvailabilityResponse.Builder response =
        QuoteAvailabilityResponse.newBuilder().setAsOfTime(Wire.timestamp(now));
    for (int i = 0; i < demands.size(); i++) {
      String sku = demands.get(i).sku();
      response.addLines(
          policies.containsKey(sku)
              ? QuoteMessages.line(
                  i,
                  demands.get(i),
                  decision,
                  policies.get(sku),
                  books.get(sku),
                  decider.orderable(buyer, policies.get(sku)))
              : QuoteMessages.unknown(demands.get(i)));
    }
    return response.build();
  }

  private static Buyer buyer(SalesContext context) {
    return new Buyer(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry());
  }
}
