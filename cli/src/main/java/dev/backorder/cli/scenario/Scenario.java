package dev.backorder.cli.scenario;

import dev.backorder.cli.orderfile.RowRules;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * Everything about a replay that the order file does not say. Its YAML form is documented in the
 * bundled file {@code scenarios/online-retail.yaml}. Chance is drawn from {@code seed} and what it
 * is about, so every run draws the same.
 *
 * @param name for people
 * @param seed of everything that is drawn
 * @param currency of all prices (ISO 4217)
 * @param rowRules how rows are understood
 * @param countries ISO 3166-1 alpha-2 code by country name as it stands in the file
 * @param warehouse the one location
 * @param stock opening stock and reorder rule
 * @param salesModes how items are sold; a SKU falls into one by hash
 * @param orders how orders are placed
 * @param suppliers who sells what; a SKU belongs to one by hash
 */
public record Scenario(
    String name,
    long seed,
    String currency,
    RowRules rowRules,
    Map<String, String> countries,
    Warehouse warehouse,
    StockRule stock,
    List<SalesModeShare> salesModes,
    OrderRule orders,
    List<SupplierRule> suppliers) {

  /**
   * The warehouse and its day.
   *
   * @param code of the location
   * @param name for people
   * @param zone its time zone, also of times in the order file
   * @param shipsAtHour everything that is ready leaves at this hour of each day
   * @param receivesAtHour goods arrive at this hour
   * @param deliversAtHour carriers deliver at this hour
   * @param handlingDays promised days from reservation to departure
   * @param transitDays by country code; {@code *} is any other
   */
  public record Warehouse(
      String code,
      String name,
      ZoneId zone,
      int shipsAtHour,
      int receivesAtHour,
      int deliversAtHour,
      int handlingDays,
      Map<String, Integer> transitDays) {}

  /**
   * Stock rules, in weeks of a SKU's mean demand over the first four weeks after its first sale.
   *
   * @param openingWeeks stock at the start
   * @param openingMinimum fewest units at the start
   * @param reorderMinWeeks buy when the position is at or below this
   * @param reorderMaxWeeks buy up to this
   * @param reorderMinimum lowest reorder point
   * @param reviewHours hours from one look for what has to be bought to the next
   */
  public record StockRule(
      double openingWeeks,
      long openingMinimum,
      double reorderMinWeeks,
      double reorderMaxWeeks,
      long reorderMinimum,
      int reviewHours) {}

  /** Sales modes that a scenario may use. */
  public enum Mode {
    /** Sold while there are units. */
    IN_STOCK_ONLY,
    /** May be ordered ahead of supply. */
    BACKORDER
  }

  /** Kinds of backorder limit. */
  public enum Limit {
    /** Any number may wait. */
    NONE,
    /** So many weeks of demand may wait. */
    FIXED,
    /** Only confirmed supply may be sold ahead. */
    INBOUND
  }

  /**
   * How a share of the items is sold.
   *
   * @param sharePercent share of the SKUs
   * @param mode sales mode
   * @param limit kind of backorder limit
   * @param limitWeeks for {@code FIXED}
   * @param reservePercent for {@code INBOUND}: share of the coming units that is not sold
   * @param maxWaitDays a longer wait is refused; 0 means no maximum
   */
  public record SalesModeShare(
      int sharePercent,
      Mode mode,
      Limit limit,
      double limitWeeks,
      int reservePercent,
      int maxWaitDays) {}

  /** What happens to an order of which not everything can be had. */
  public enum Shortage {
    /** Take what can be had. */
    REFUSE_UNITS,
    /** Refuse the order. */
    REFUSE_ORDER
  }

  /**
   * How orders are placed.
   *
   * @param shortage what to do when not everything can be had
   * @param runOutDays after the last order time goes on until nobody waits, at most so long
   */
  public record OrderRule(Shortage shortage, int runOutDays) {}

  /**
   * A supplier and how it behaves.
   *
   * @param code unique
   * @param name for people
   * @param sharePercent share of the SKUs
   * @param leadTimeDays what its catalogue says: working days
   * @param actualLeadDays what it takes, drawn per purchase order: calendar days
   * @param answersAfterDays days until it confirms
   * @param latePercent share of purchase orders that get a later date, told two days before the
   *     first
   * @param silentPercent share that are late without a word
   * @param lateDays how late
   * @param twoPartsPercent share of lines that come in two deliveries
   * @param sendDelayMinutes how long a draft collects needs
   * @param minimumQuantity fewest units of a line
   * @param multipleQuantity units come in multiples of this
   * @param costPercent cost in percent of the sales price
   * @param workingWeekdays 1 is Monday
   * @param closedDates holidays
   */
  public record SupplierRule(
      String code,
      String name,
      int sharePercent,
      int leadTimeDays,
      DayRange actualLeadDays,
      int answersAfterDays,
      int latePercent,
      int silentPercent,
      DayRange lateDays,
      int twoPartsPercent,
      int sendDelayMinutes,
      long minimumQuantity,
      long multipleQuantity,
      int costPercent,
      List<Integer> workingWeekdays,
      List<LocalDate> closedDates) {}

  /**
   * A triangular distribution of days.
   *
   * @param least lower end
   * @param usual its peak
   * @param most upper end
   */
  public record DayRange(int least, int usual, int most) {

    /** Value at a point of the distribution; {@code share} runs from 0 to 1. */
    public int at(double share) {
      if (most == least) {
        return least;
      }
      double width = most - least;
      double peak = (usual - least) / width;
      double x =
          share < peak
              ? least + Math.sqrt(share * width * (usual - least))
              : most - Math.sqrt((1 - share) * width * (most - usual));
      return (int) Math.round(x);
    }
  }
}
