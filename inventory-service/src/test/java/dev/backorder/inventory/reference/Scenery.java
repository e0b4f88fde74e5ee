package dev.backorder.inventory.reference;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.inventory.wire.Wire;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Sites and items at random, for both. */
final class Scenery {
  static final List<String> SKUS = List.of("jam", "salt", "tea");

  /** The empty one is nobody's own; each of the others may have a policy of its own. */
  static final List<String> CHANNELS = List.of("", "market", "web");

  private final RandomGenerator random;
  private final LocalDate today;

  Scenery(RandomGenerator random, Instant now) {
    this.random = random;
    this.today = now.atZone(ZoneId.of("UTC")).toLocalDate();
  }

  List<Site> sites() {
    List<Site> sites = new ArrayList<>();
    sites.add(site("leeds", "Europe/London", 1));
    if (random.nextInt(3) > 0) {
      sites.add(site("york", "America/New_York", random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      sites.add(site("hull", "Asia/Tokyo", random.nextInt(3)));
    }
    return sites;
  }

  private Site site(String code, String zone, int priority) {
    return new Site(
        code,
        ZoneId.of(zone),
        priority,
        random.nextInt(3),
        random.nextInt(3),
        random.nextInt(4),
        random.nextBoolean()
            ? EnumSet.allOf(DayOfWeek.class)
            : EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
        random.nextBoolean() ? Set.of() : Set.of(day(12), day(13)));
  }

  List<Article> articles() {
    return SKUS.stream().map(this::article).toList();
  }

  private Article article(String sku) {
    Map<String, Sale> byChannel = new TreeMap<>();
    for (String channel : CHANNELS.subList(1, CHANNELS.size())) {
      if (random.nextInt(3) == 0) {
        byChannel.put(channel, sale());
      }
    }
    return new Article(sku, sale(), byChannel, random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 0);
  }

  private Sale sale() {
    Sale.Mode mode =
        random.nextInt(5) < 3
            ? Sale.Mode.BACKORDER
            : List.of(Sale.Mode.values()).get(random.nextInt(Sale.Mode.values().length));
    boolean preorder = mode == Sale.Mode.PREORDER;
    boolean buyable = mode == Sale.Mode.MADE_TO_ORDER || random.nextInt(4) > 0;
    LocalDate release = day(5 + random.nextInt(25));
    return new Sale(
        mode,
        limit(),
        buyable ? 1 + random.nextInt(9) : 0,
        random.nextInt(4) == 0 ? 5 + random.nextInt(15) : 0,
        preorder ? Optional.of(release) : Optional.empty(),
        preorder && random.nextBoolean()
            ? Optional.of(release.minusDays(random.nextInt(5)))
            : Optional.empty());
  }

  private Sale.Limit limit() {
    return switch (random.nextInt(4)) {
      case 0 -> new Sale.Limit.Fixed(5 + random.nextInt(40));
      case 1 -> new Sale.Limit.OnlyComing(random.nextInt(4) * 10);
      default -> new Sale.Limit.None();
    };
  }

  private LocalDate day(int days) {
    return today.plusDays(days);
  }

  /** Makes the same in the service. */
  static void make(Inventory inventory, List<Site> sites, List<Article> articles) {
    sites.forEach(site -> inventory.with(location(site)));
    articles.forEach(article -> inventory.with(item(article)));
  }

  private static Location.Builder location(Site site) {
    Location.Builder location =
        Inventory.location(site.code())
            .setTimeZone(site.zone().getId())
            .setPriority(site.priority())
            .setHandlingDays(site.handlingDays())
            .setInspectionDays(site.inspectionDays())
            .addTransitTimes(
                TransitTime.newBuilder().setDestinationCountry("*").setDays(site.transitDays()));
    site.weekdays().forEach(day -> location.addWorkingWeekdays(day.getValue()));
    site.closed().forEach(day -> location.addClosedDates(Wire.date(day)));
    return location;
  }

  private static Item.Builder item(Article article) {
    Item.Builder item =
        Item.newBuilder()
            .setSku(article.sku())
            .setDescription(article.sku())
            .setSalesPolicy(policy(article.sale()))
            .setProtectedQuantity(article.protectedUnits());
    article
        .byChannel()
        .forEach(
            (channel, sale) ->
                item.addChannelPolicies(
                    ChannelPolicy.newBuilder().setChannel(channel).setSalesPolicy(policy(sale))));
    return item;
  }

  private static SalesPolicy policy(Sale sale) {
    SalesPolicy.Builder policy =
        SalesPolicy.newBuilder()
            .setSalesMode(SalesMode.valueOf("SALES_MODE_" + sale.mode()))
            .setBackorderLimit(limit(sale.limit()))
            .setLeadTimeDays(sale.leadTimeDays())
            .setMaxWaitDays(sale.maxWaitDays());
    sale.release().ifPresent(day -> policy.setReleaseDate(Wire.date(day)));
    sale.lastPreorder().ifPresent(day -> policy.setPreorderEndDate(Wire.date(day)));
    return policy.build();
  }

  private static BackorderLimit limit(Sale.Limit limit) {
    BackorderLimit.Builder builder = BackorderLimit.newBuilder();
    if (limit instanceof Sale.Limit.Fixed fixed) {
      builder.setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED).setQuantity(fixed.units());
    } else if (limit instanceof Sale.Limit.OnlyComing coming) {
      builder
          .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_INBOUND)
          .setReliabilityReservePercent(coming.reservePercent());
    }
    return builder.build();
  }
}
