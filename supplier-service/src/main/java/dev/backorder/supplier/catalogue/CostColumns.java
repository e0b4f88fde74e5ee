package dev.backorder.supplier.catalogue;

import dev.backorder.supplier.catalogue.model.Cost;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.util.Optional;

/** The columns of a cost: all or none. */
@Embeddable
public class CostColumns {
  @Column(name = "cost_currency")
  String currency;

  @Column(name = "cost_amount_minor")
  Long amountMinor;

  @Column(name = "cost_price_quantity")
  Long perQuantity;

  /** Columns of a cost; {@code null} when there is none, as Hibernate has it. */
  public static CostColumns of(Optional<Cost> cost) {
    return cost.map(CostColumns::filled).orElse(null);
  }

  /** The cost in columns that may be absent. */
  public static Optional<Cost> read(CostColumns columns) {
    return columns == null || columns.currency == null
        ? Optional.empty()
        : Optional.of(new Cost(columns.currency, columns.amountMinor, columns.perQuantity));
  }

  private static CostColumns filled(Cost cost) {
    CostColumns columns = new CostColumns();
    columns.currency = cost.currency();
    columns.amountMinor = cost.amountMinor();
    columns.perQuantity = cost.perQuantity();
    return columns;
  }
}
