package dev.backorder.cli.orderfile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each customer bought and has not taken back, so that a later negative row finds the sale it
 * belongs to: the customer's most recent sale of that SKU that has enough left, or else the most
 * recent ones together.
 */
public final class Sales {

  private final Map<Key, List<Sale>> sales = new HashMap<>();

  private record Key(String customer, String sku) {}

  private static final class Sale {
    private final String invoice;
    private final int line;
    private final boolean accepted;
    private long left;

    Sale(String invoice, int line, long quantity, boolean accepted) {
      this.invoice = invoice;
      this.line = line;
      this.left = quantity;
      this.accepted = accepted;
    }
  }

  /**
   * Part of a sale that is taken back.
   *
   * @param invoice the order
   * @param line index of the line in it, from 0
   * @param quantity units
   */
  public record Part(String invoice, int line, long quantity) {}

  /** Outcome of looking for a sale. */
  public sealed interface Match {
    /** These sales are taken back. */
    record Found(List<Part> parts) implements Match {}

    /** There are such sales, but they were refused when they were placed. */
    record OnlyRefused() implements Match {}

    /** The customer did not buy that much. */
    record None() implements Match {}
  }

  /** Records a sale; a refused one too, so that its cancellation is recognised. */
  public void add(
      String customer, String sku, String invoice, int line, long quantity, boolean accepted) {
    if (!customer.isEmpty() && quantity > 0) {
      sales
          .computeIfAbsent(new Key(customer, sku), key -> new ArrayList<>(1))
          .add(new Sale(invoice, line, quantity, accepted));
    }
  }

  /**
   * Finds and takes {@code quantity} units, all or nothing. A row without a customer matches
   * nothing.
   */
  public Match takeBack(String customer, String sku, long quantity) {
    List<Sale> own = sales.getOrDefault(new Key(customer, sku), List.of());
    List<Part> accepted = pick(own, quantity, true);
    if (!accepted.isEmpty()) {
      return new Match.Found(accepted);
    }
    return pick(own, quantity, false).isEmpty() ? new Match.None() : new Match.OnlyRefused();
  }

  private static List<Part> pick(List<Sale> sales, long quantity, boolean accepted) {
    for (int i = sales.size() - 1; i >= 0; i--) {
      Sale sale = sales.get(i);
      if (sale.accepted == accepted && sale.left >= quantity) {
        sale.left -= quantity;
        return List.of(new Part(sale.invoice, sale.line, quantity));
      }
    }
    return pickSeveral(sales, quantity, accepted);
  }

  private static List<Part> pickSeveral(List<Sale> sales, long quantity, boolean accepted) {
    long there =
        sales.stream().filter(sale -> sale.accepted == accepted).mapToLong(sale -> sale.left).sum();
    if (there < quantity) {
      return List.of();
    }
    List<Part> parts = new ArrayList<>();
    long wanted = quantity;
    for (int i = sales.size() - 1; i >= 0 && wanted > 0; i--) {
      Sale sale = sales.get(i);
      long taken = sale.accepted == accepted ? Math.min(wanted, sale.left) : 0;
      if (taken > 0) {
        sale.left -= taken;
        wanted -= taken;
        parts.add(new Part(sale.invoice, sale.line, taken));
      }
    }
    return List.copyOf(parts);
  }
}
