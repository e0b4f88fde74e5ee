package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.AllocationConfig;
import dev.backorder.inventory.allocation.ItemBooks;
import dev.backorder.inventory.allocation.SalesContexts;
import dev.backorder.inventory.allocation.WantedDates;
import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.availability.QuoteMessages.Standing;
import dev.backorder.inventory.book.ChannelBook;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.Kits;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.supplierterms.Suppliers;
import dev.backorder.inventory.v1.ItemAvailability;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Answers "can I have it, and when?" with the function that decides orders (AV7), on one snapshot
 * for a whole batch of questions. Nothing is kept between batches and the queue is not read, so an
 * answer costs as much with a million lines waiting as with ten.
 */
@ApplicationScoped
public class Quotes {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final ChannelBook channelBook;
  private final HoldBook holds;
  private final RingFenceBook ringFences;
  private final Items items;
  private final Kits kits;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final Sql sql;
  private final Clock clock;
  private final AllocationConfig config;

  Quotes(
      StockBook stock,
      SupplyBook supplies,
      ChannelBook channelBook,
      HoldBook holds,
      RingFenceBook ringFences,
      Items items,
      Kits kits,
      Promisings promisings,
      Suppliers suppliers,
      Sql sql,
      Clock clock,
      AllocationConfig config) {
    this.stock = stock;
    this.supplies = supplies;
    this.channelBook = channelBook;
    this.holds = holds;
    this.ringFences = ringFences;
    this.items = items;
    this.kits = kits;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.sql = sql;
    this.clock = clock;
    this.config = config;
  }

  /** Answers a batch of questions, in their order; one does not see what another asks for. */
  @Transactional
  List<QuoteAvailabilityResponse> quote(List<QuoteAvailabilityRequest> questions) {
    oneMoment();
    Instant now = clock.instant();
    TreeSet<String> skus = new TreeSet<>();
    questions.forEach(q -> q.getLinesList().forEach(line -> skus.add(line.getSku())));
    Map<String, OwnHold> carts = carts(questions, now);
    carts.values().forEach(own -> own.units().forEach(u -> skus.add(u.sku())));
    Set<String> channels = new HashSet<>();
    questions.forEach(q -> channels.add(q.getSalesContext().getChannel()));
    Books books = books(skus, channels, now);
    List<QuoteAvailabilityResponse.Builder> answers = new ArrayList<>();
    for (QuoteAvailabilityRequest question : questions) {
      Map<String, ItemPolicy> onChannel =
          books.policies().get(question.getSalesContext().getChannel());
      OwnHold own = carts.getOrDefault(question.getCartId(), OwnHold.NONE);
      answers.add(answer(question, own, books.decider(), onChannel, now));
    }
    Substitutes substitutes = new Substitutes(questions, answers, books.policies());
    Set<String> named = substitutes.named();
    // Most questions need none: they cost no read at all.
    if (!named.isEmpty()) {
      Books theirs = books(named, channels, now);
      substitutes.offer(theirs.decider(), theirs.policies());
    }
    return answers.stream().map(QuoteAvailabilityResponse.Builder::build).toList();
  }

  /**
   * How items stand on one channel, for one who wants one unit.
   *
   * @return one for each sku
   */
  @Transactional
  Map<String, ItemAvailability> look(SalesContext context, Collection<String> skus) {
    oneMoment();
    Books books = books(skus, Set.of(context.getChannel()), clock.instant());
    Decider decider = books.decider();
    Map<String, ItemPolicy> policies = books.policies().get(context.getChannel());
    Map<String, ItemAvailability> states = new HashMap<>();
    for (String sku : skus) {
      Demand one = new Demand(sku, 1);
      Question question =
          new Question(List.of(one), SalesContexts.buyer(context), policies, OwnHold.NONE);
      ItemPolicy policy = policies.get(sku);
      states.put(
          sku,
          policy == null
              ? ItemStates.unknown(sku)
              : ItemStates.of(
                  QuoteMessages.line(
                      0, one, decider.quote(question), standing(decider, question, policy)),
                  decider.available(question, policy)));
    }
    return states;
  }

  /** First in its transaction, so that all reads see the same moment. */
  private void oneMoment() {
    sql.later("set transaction isolation level repeatable read, read only");
  }

  /**
   * What answers rest on.
   *
   * @param policies by channel and sku
   */
  private record Books(Decider decider, Map<String, Map<String, ItemPolicy>> policies) {}

  private Books books(Collection<String> asked, Set<String> channels, Instant now) {
    Map<String, Map<String, ItemPolicy>> policies = new HashMap<>();
    Set<String> known = kits.withComponents(asked);
    channels.forEach(channel -> policies.put(channel, items.policies(known, channel)));
    if (policies.values().stream().anyMatch(p -> kits.isMissing(p.values(), known))) {
      // The first question about a kit, or about its new components, in the same moment.
      return books(asked, channels, now);
    }
    SortedMap<StockKey, StockRow> rows = stock.read(known);
    holds
        .expired(known, now)
        .forEach((key, end) -> rows.computeIfPresent(key, (k, row) -> row.plus(end)));
    List<SupplyRow> coming = supplies.live(known);
    return new Books(
        new Decider(
            ItemBooks.of(
                known,
                rows,
                coming,
                channelBook.waiting(known, channels, now),
                promisings.active(now),
                ringFences.remaining(rows.values(), now),
                suppliers.of(known, coming)),
            config.sourcingPolicy()),
        policies);
  }

  private static Standing standing(Decider decider, Question question, ItemPolicy policy) {
    return new Standing(
        policy,
        decider.available(question, policy),
        decider.orderable(question, policy),
        decider.version(policy),
        decider.isUnreleased(policy));
  }

  private static QuoteAvailabilityResponse.Builder answer(
      QuoteAvailabilityRequest question,
      OwnHold own,
      Decider decider,
      Map<String, ItemPolicy> policies,
      Instant now) {
    List<Demand> demands =
        question.getLinesList().stream()
            .map(
                line ->
                    new Demand(
                        line.getSku(),
                        line.getQuantity(),
                        WantedDates.of(line.hasWantedDate(), line.getWantedDate())))
            .toList();
    Question asked =
        new Question(demands, SalesContexts.buyer(question.getSalesContext()), policies, own);
    Decision decision = decider.quote(asked);
    QuoteAvailabilityResponse.Builder response =
        QuoteAvailabilityResponse.newBuilder().setAsOfTime(Wire.timestamp(now));
    for (int i = 0; i < demands.size(); i++) {
      String sku = demands.get(i).sku();
      response.addLines(
          policies.containsKey(sku)
              ? QuoteMessages.line(
                  i, demands.get(i), decision, standing(decider, asked, policies.get(sku)))
              : QuoteMessages.unknown(demands.get(i)));
    }
    return response;
  }

  /** What the carts that ask hold; those that hold nothing are missing. */
  private Map<String, OwnHold> carts(List<QuoteAvailabilityRequest> questions, Instant now) {
    Set<String> cartIds =
        questions.stream()
            .map(QuoteAvailabilityRequest::getCartId)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet());
    Map<String, OwnHold> carts = new HashMap<>();
    if (!cartIds.isEmpty()) {
      Map<String, List<HoldUnits>> units = holds.units(cartIds);
      holds
          .find(cartIds)
          .forEach(
              (cart, row) ->
                  carts.put(
                      cart,
                      own(
                          new Segment(row.context().channel(), row.context().customerClass()),
                          units.getOrDefault(cart, List.of()),
                          now)));
    }
    return carts;
  }

  private static OwnHold own(Segment buyer, List<HoldUnits> units, Instant now) {
    return new OwnHold(
        buyer,
        units.stream()
            .filter(u -> u.expireTime().isAfter(now))
            .map(u -> new OwnHold.Units(u.key().sku(), u.key().location(), u.onShelf(), u.places()))
            .toList());
  }
}
