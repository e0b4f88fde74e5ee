package dev.backorder.cli.bench;

import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** What can be measured. */
public enum BenchKind {
  /** One unit of one item, one order a call. */
  HOT_SKU("hot-sku"),
  /** The same, 100 orders a call. */
  HOT_SKU_BULK("hot-sku-bulk"),
  /** Two random items of 10,000, one order a call. */
  UNIFORM("uniform"),
  /** A question for one random item of 10,000. */
  QUOTE("quote"),
  /** One receipt that serves a long queue. */
  RECEIPT("receipt"),
  /** One supply that moves, and with it the dates of a long queue. */
  REDATE("redate");

  private static final int MANY_SKUS = 10_000;
  private static final int BULK = 100;
  private static final long SEED = 20101201;

  private final String title;

  BenchKind(String title) {
    this.title = title;
  }

  /** Its name on the command line. */
  public String title() {
    return title;
  }

  /**
   * The calls of a bench.
   *
   * @param skus items that they want
   * @param skusOf what request number n wants
   * @param comparesRows whether a plain transaction is a fair comparison
   */
  record Plan(
      List<String> skus,
      LongFunction<List<String>> skusOf,
      Workload workload,
      boolean comparesRows) {}

  Plan plan() {
    List<String> hot = List.of("hot");
    List<String> many = BenchShop.names("sku", MANY_SKUS);
    LongFunction<List<String>> two = number -> random(many, number, 2);
    LongFunction<List<String>> one = number -> random(many, number, 1);
    return switch (this) {
      case HOT_SKU -> new Plan(hot, number -> hot, Workloads.orders(number -> hot), true);
      case HOT_SKU_BULK -> new Plan(hot, number -> hot, Workloads.bulk(number -> hot, BULK), true);
      case UNIFORM -> new Plan(many, two, Workloads.orders(two), true);
      case QUOTE -> new Plan(many, one, Workloads.quotes(one), false);
      case RECEIPT, REDATE -> throw new IllegalStateException(title + " is no matter of calls");
    };
  }

  /** Different items, the same for the same number in every run, in one order for all. */
  private static List<String> random(List<String> skus, long number, int count) {
    Random random = new Random(SEED * 31 + number);
    return Stream.generate(() -> skus.get(random.nextInt(skus.size())))
        .distinct()
        .limit(count)
        .sorted()
        .toList();
  }
}
