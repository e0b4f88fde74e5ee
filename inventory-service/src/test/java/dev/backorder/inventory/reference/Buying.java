package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a newcomer gets (AL3, AL6, AV1, AV3, AV4): line by line, from the shelves, from supply that
 * nobody is promised, from what is still to be bought. It is done to the world at once; who only
 * asks does it to a copy.
 */
final class Buying {
  private final World world;
  private final String channel;

  /** Sites that serve the buyer, in the order in which they are asked (AL4). */
  private List<Site> route;

  private final boolean fewestParcels;

  /** What the asking cart held, and nobody else can have. */
  private final Map<Place, Long> own = new TreeMap<>(Cart.BY_PLACE);

  /** Why units of a line cannot be had: by line number, the first reason and all units. */
  final Map<Integer, Refused> refusals = new TreeMap<>();

  /** Units that cannot be had. */
  record Refused(String reason, long units) {}

  /** A way to wait. */
  private record Way(Site site, Optional<Coming> supply, Told told) {}

  Buying(World world, Step.Buyer buyer) {
    this.world = world;
    this.channel = buyer.channel();
    this.route =
        world.sites.stream()
            .filter(site -> buyer.pickUp().isEmpty() || buyer.pickUp().equals(site.code()))
            .toList();
    this.fewestParcels = buyer.pickUp().isEmpty() && buyer.fewestParcels();
  }

  /**
   * As few sites as possible serve what the whole order can have from the shelves; of equally few
   * those of better priority. They are asked first, then the others (AL4).
   */
  void arrange(List<Step.Wish> wishes) {
    if (!fewestParcels) {
      return;
    }
    Map<String, Long> wanted = new TreeMap<>();
    wishes.forEach(wish -> wanted.merge(wish.sku(), wish.units(), Long::sum));
    long most = onShelves(wanted, world.sites);
    List<Site> best = world.sites;
    for (int set = 0; set < 1 << world.sites.size(); set++) {
      List<Site> chosen = new ArrayList<>();
      // The site that is asked first is the highest bit: of equally few the last set is the best.
      for (int i = 0; i < world.sites.size(); i++) {
        if ((set >> (world.sites.size() - 1 - i)) % 2 == 1) {
          chosen.add(world.sites.get(i));
        }
      }
      if (onShelves(wanted, chosen) == most && chosen.size() <= best.size()) {
        best = chosen;
      }
    }
    route = new ArrayList<>(best);
    for (Site site : world.sites) {
      if (!best.contains(site)) {
        route.add(site);
      }
    }
  }

  private long onShelves(Map<String, Long> wanted, List<Site> chosen) {
    long units = 0;
    for (Map.Entry<String, Long> item : wanted.entrySet()) {
      long there =
          chosen.stream().mapToLong(s -> available(new Place(item.getKey(), s.code()))).sum();
      units += Math.min(item.getValue(), there);
    }
    return units;
  }

  /** The cart that asks never stands in its own way (AL2): what it held is its own to take. */
  void spend(Cart cart) {
    own.putAll(cart.onShelf());
    world.carts.remove(cart.id());
  }

  /** What the cart held at a place and has not taken. */
  long left(Place place) {
    return own.getOrDefault(place, 0L);
  }

  void buy(OrderLine line) {
    new Line(line).buy();
  }

  /**
   * Units of an item that could be ordered at most: available, and what may still be backordered
   * with a date within the longest wait; -1 when there is no limit.
   */
  long orderable(String sku) {
    Article article = world.articles.get(sku);
    long onShelves = route.stream().mapToLong(site -> available(new Place(sku, site.code()))).sum();
    Line any =
        new Line(new OrderLine(new Order("", channel, 0, 0), 0, "", sku, 0, Optional.empty()));
    if (route.isEmpty() || !article.on(channel).takesOrdersAheadOfStock() || any.isPreorderOver()) {
      return onShelves;
    }
    long later = Math.min(room(article), any.unitsWithDate());
    return later == Long.MAX_VALUE ? -1 : onShelves + later;
  }

  /** Which kind of answer it is (AV2). */
  String kind(OrderLine line) {
    Sale sale = world.articles.get(line.sku).on(channel);
    if (line.refused > 0) {
      return "OUT_OF_STOCK";
    }
    if (sale.releaseAhead(world.sites.get(0).today(world.now)).isPresent()) {
      return "PREORDER";
    }
    if (line.parts.stream().allMatch(part -> part.reserved)) {
      return "AVAILABLE";
    }
    if (line.parts.stream().anyMatch(part -> part.reserved)) {
      return "PARTLY_AVAILABLE";
    }
    return sale.mode() == Sale.Mode.MADE_TO_ORDER ? "MADE_TO_ORDER" : "BACKORDER";
  }

  /** Units that wait may still grow by so many (AV3): within the item's limit and the channel's. */
  private long room(Article article) {
    long room =
        // What is sold from stock only has no limit to share: its channels have their own.
        article.sale().takesOrdersAheadOfStock()
            ? room(article.sale().limit(), article, world.waitingFor(article.sku()))
            : Long.MAX_VALUE;
    if (!channel.isEmpty()) {
      Sale.Limit limit = article.on(channel).limit();
      long counted =
          limit instanceof Sale.Limit.OnlyComing
              ? world.waitingFor(article.sku())
              : world.waitingFor(article.sku(), channel);
      room = Math.min(room, room(limit, article, counted));
    }
    return room;
  }

  private long room(Sale.Limit limit, Article article, long counted) {
    if (limit instanceof Sale.Limit.Fixed fixed) {
      return Math.max(0, fixed.units() - counted);
    }
    if (limit instanceof Sale.Limit.OnlyComing coming) {
      long sure = world.confirmed(article.sku()) * (100 - coming.reservePercent()) / 100;
      return Math.max(0, sure - counted);
    }
    return Long.MAX_VALUE;
  }

  /** Units that a newcomer can have from the shelf: also what its own cart held. */
  private long available(Place place) {
    // What is its own is in nobody's hands while it decides, and it is not free for that.
    long free = world.free(place) - left(place);
    long kept = protectedAt(place);
    return Math.max(0, free - world.eager(place) - kept) + left(place);
  }

  private long protectedAt(Place place) {
    long toKeep = world.articles.get(place.sku()).protectedUnits();
    for (int i = world.sites.size() - 1; i >= 0; i--) {
      Place each = new Place(place.sku(), world.sites.get(i).code());
      long here = Math.min(Math.max(0, world.free(each) - left(each)), toKeep);
      if (each.equals(place)) {
        return here;
      }
      toKeep -= here;
    }
    throw new IllegalArgumentException("no such place: " + place);
  }

  /** One line of it. */
  private final class Line {
    private final OrderLine line;
    private final Article article;
    private final Sale sale;
    private long missing;

    Line(OrderLine line) {
      this.line = line;
      this.article = world.articles.get(line.sku);
      this.sale = article.on(channel);
      this.missing = line.ordered;
    }

    void buy() {
      if (route.isEmpty()) {
        refuse(missing, "PICK_UP_LOCATION");
        return;
      }
      if (sale.takesOrdersAheadOfStock() && !isPreorderOver()) {
        long room = room(article);
        for (Way way : inTimeLatestFirst()) {
          room -= waitFor(way, Math.min(missing, room));
        }
      }
      for (Site site : route) {
        reserve(site);
      }
      if (sale.takesOrdersAheadOfStock()) {
        queue();
      } else {
        refuse(missing, "OUT_OF_STOCK");
      }
    }

    private void reserve(Site site) {
      Place place = new Place(line.sku, site.code());
      long units = Math.min(missing, available(place));
      if (units > 0) {
        own.merge(place, -Math.min(units, left(place)), Long::sum);
        add(site, true, units, "", world.dates(site).fromShelf(terms(site)));
      }
    }

    private void queue() {
      if (isPreorderOver()) {
        refuse(missing, "PREORDER_ENDED");
      }
      long room = room(article);
      if (room < missing) {
        refuse(missing - room, "BACKORDER_LIMIT");
      }
      for (Way way : supplies()) {
        // While supply is free nothing is bought, and a later one is no way round the longest wait.
        if (missing > 0 && isTooLong(way)) {
          refuse(missing, "WAIT_TOO_LONG");
        }
        waitFor(way, missing);
      }
      if (missing > 0) {
        buyMore();
      }
    }

    private void buyMore() {
      if (purchase().isEmpty()) {
        refuse(missing, "NO_REPLENISHMENT");
      } else if (isTooLong(purchase().get())) {
        refuse(missing, "WAIT_TOO_LONG");
      } else {
        add(purchase().get().site(), false, missing, "", purchase().get().told());
      }
    }

    /** Comes to the site of best priority; empty when no date is known. */
    private Optional<Way> purchase() {
      Site site = world.sites.stream().filter(route::contains).findFirst().orElseThrow();
      if (sale.releaseAhead(today(site)).isEmpty() && sale.leadTimeDays() == 0) {
        return Optional.empty();
      }
      Told told = world.dates(site).fromPurchase(sale, sale.leadTimeDays(), terms(site));
      return Optional.of(new Way(site, Optional.empty(), told));
    }

    private long unitsWithDate() {
      long units = 0;
      for (Way way : supplies()) {
        if (isTooLong(way)) {
          return units;
        }
        units += world.free(way.supply().orElseThrow());
      }
      return purchase().filter(way -> !isTooLong(way)).isPresent() ? Long.MAX_VALUE : units;
    }

    /** A line that is wanted later takes first what still is in time for it, the latest first. */
    private List<Way> inTimeLatestFirst() {
      return supplies().stream()
          .filter(way -> way.told().isForWantedDay())
          .sorted(
              Comparator.comparing(
                      (Way way) -> world.dates(way.site()).leaves(way.supply().get().day))
                  .reversed()
                  .thenComparing(way -> world.sites.indexOf(way.site())))
          .toList();
    }

    /** Supply that nobody is promised, at all sites, the earliest day of departure first. */
    private List<Way> supplies() {
      List<Way> ways = new ArrayList<>();
      for (Site site : route) {
        for (Coming supply : world.suppliesAt(new Place(line.sku, site.code()))) {
          if (world.free(supply) > 0) {
            Told told = world.dates(site).fromSupply(supply, terms(site));
            ways.add(new Way(site, Optional.of(supply), told));
          }
        }
      }
      ways.sort(
          Comparator.comparing((Way way) -> way.told().shipBy())
              .thenComparing(way -> way.supply().get().day)
              .thenComparing(way -> world.sites.indexOf(way.site())));
      return ways;
    }

    private long waitFor(Way way, long most) {
      Coming supply = way.supply().orElseThrow();
      long units = Math.min(most, world.free(supply));
      if (units > 0) {
        add(way.site(), false, units, supply.id, way.told());
      }
      return Math.max(0, units);
    }

    private void add(Site site, boolean reserved, long units, String supply, Told told) {
      LocalDate due = line.wanted.filter(day -> day.isAfter(today(site))).orElse(today(site));
      line.parts.add(
          new Part(
              line,
              line.nextNumber(),
              new Place(line.sku, site.code()),
              due,
              terms(site),
              reserved,
              units,
              supply,
              told));
      missing -= units;
    }

    private void refuse(long units, String reason) {
      if (units > 0) {
        Refused before = refusals.getOrDefault(line.number, new Refused(reason, 0));
        refusals.put(line.number, new Refused(before.reason(), before.units() + units));
        line.refused += units;
        missing -= units;
      }
    }

    /** A wait begins with the release, and when the buyer wants the units. */
    private boolean isTooLong(Way way) {
      LocalDate from = sale.releaseAhead(today(way.site())).orElse(today(way.site()));
      if (line.wanted.isPresent() && line.wanted.get().isAfter(from)) {
        from = line.wanted.get();
      }
      long wait = ChronoUnit.DAYS.between(from, way.told().shipBy());
      return sale.maxWaitDays() > 0 && wait > sale.maxWaitDays();
    }

    /** By the day at the site that is asked first. */
    private boolean isPreorderOver() {
      LocalDate today = today(world.sites.get(0));
      return sale.releaseAhead(today).isPresent()
          && sale.lastPreorder().filter(today::isAfter).isPresent();
    }

    private Terms terms(Site site) {
      return new Terms(
          sale.releaseAhead(today(site)).map(world.dates(site)::firstDayOf), line.wanted);
    }

    private LocalDate today(Site site) {
      return site.today(world.now);
    }
  }
}
