package dev.backorder.notification.message;

import java.util.List;

/**
 * What a template may use. Everything is formatted for the customer, nothing is HTML; Qute escapes
 * it. Absent texts are empty.
 *
 * @param brand who writes
 * @param name the customer's name
 * @param order number of the order
 * @param total value of the order
 * @param groups lines of an order by the day on which they leave
 * @param moreGroups lines that are not listed, of later days
 * @param rows lines of any other message
 * @param moreRows lines that are not listed
 * @param restGroups what is still to come
 * @param moreRestGroups what is still to come and not listed
 * @param refused lines that could not be had
 * @param moreRefused of these, not listed
 * @param change EARLIER, LATER, SOME_LATER or OTHER
 * @param reason name of what holds the date back, or NONE
 * @param anyReady something leaves from stock
 * @param anyWaiting something waits
 * @param orderClosed nothing of the order is open any more
 * @param lastDate the day on which the last unit leaves
 */
public record MailView(
    Brand brand,
    String name,
    String order,
    String total,
    List<Group> groups,
    More moreGroups,
    List<Row> rows,
    More moreRows,
    List<Group> restGroups,
    More moreRestGroups,
    List<Row> refused,
    More moreRefused,
    String change,
    String reason,
    String carrier,
    String trackingCode,
    boolean anyReady,
    boolean anyWaiting,
    boolean orderClosed,
    String lastDate) {

  /** Who writes, and in which colours. */
  public record Brand(
      String name, String color, String textColor, String storefrontUrl, String supportAddress) {}

  /**
   * Units that leave on the same day.
   *
   * @param date empty when not known
   * @param arrivalDate empty when not known
   * @param more lines of the group that are not listed
   */
  public record Group(
      String date, String arrivalDate, boolean waiting, List<Row> rows, More more) {}

  /**
   * One line.
   *
   * @param amount empty when it does not matter
   * @param now dates told now, when they changed
   * @param before dates told before
   * @param change EARLIER, LATER or OTHER
   * @param reason name of the reason for a refusal, or NONE
   */
  public record Row(
      String sku,
      String quantity,
      String amount,
      List<Told> now,
      List<Told> before,
      String change,
      String reason) {}

  /**
   * Units and their day.
   *
   * @param quantity empty when all units of the line share the day
   */
  public record Told(String quantity, String date) {}

  /**
   * Lines that are not listed.
   *
   * @param any false when all are listed
   */
  public record More(boolean any, String lines, String units, String until) {
    static final More NONE = new More(false, "", "", "");
  }
}
