package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of what is known of suppliers. */
final class SupplierTermsChecks {
  private SupplierTermsChecks() {}

  /** Any percentile can be looked up in what was measured. */
  @Singleton
  static class QuantilesAscend extends BookCheck {
    QuantilesAscend(Sql sql) {
      super(
          sql,
          "supplier_quantiles_ascend",
          "What was measured of a supplier or an item of it ascends, up to all of the cases.",
          """
          select subject, 'ascending to 100' as expected, percents::text || ' ' || days::text as actual
          from (
            select supplier || ' lead time' as subject, lead_time_percents as percents,
              lead_time_quantile_days as days from supplier_terms
            union all
            select supplier || ' lateness', lateness_percents, lateness_quantile_days from supplier_terms
            union all
            select supplier || ' ' || sku || ' lead time', lead_time_percents, lead_time_quantile_days
            from supplier_item_terms
            union all
            select supplier || ' ' || sku || ' lateness', lateness_percents, lateness_quantile_days
            from supplier_item_terms) measured
          where percents <> '{}' and (
            percents[cardinality(percents)] <> 100
            or percents <> array(select distinct p from unnest(percents) as p where p > 0 order by p)
            or days <> array(select d from unnest(days) as d order by d))""");
    }
  }
}
