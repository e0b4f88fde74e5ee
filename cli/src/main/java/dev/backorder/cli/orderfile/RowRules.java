package dev.backorder.cli.orderfile;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a file needs to be understood.
 *
 * @param zone time zone of times that carry none
 * @param notGoods SKUs that are not goods, in capitals
 * @param notGoodsPatterns regular expressions for more of them; a whole SKU must match
 */
public record RowRules(ZoneId zone, Set<String> notGoods, List<Pattern> notGoodsPatterns) {

  /** Copies, so that nobody changes the rules later. */
  public RowRules {
    notGoods = Set.copyOf(notGoods);
    notGoodsPatterns = List.copyOf(notGoodsPatterns);
  }

  boolean isGoods(String sku) {
    return !notGoods.contains(sku.toUpperCase(Locale.ROOT))
        && notGoodsPatterns.stream().noneMatch(pattern -> pattern.matcher(sku).matches());
  }
}
