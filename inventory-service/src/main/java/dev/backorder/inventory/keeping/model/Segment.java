package dev.backorder.inventory.keeping.model;

/**
 * Some of the buyers, or where one buyer stands. Empty text is the default channel or class of a
 * buyer, and "any" of a ring fence.
 */
public record Segment(String channel, String customerClass) {
  /** A buyer who said nothing: no ring fence is for him. */
  public static final Segment ORDINARY = new Segment("", "");

  /** Whether a buyer belongs to it. */
  public boolean includes(Segment buyer) {
    return (channel.isEmpty() || channel.equals(buyer.channel))
        && (customerClass.isEmpty() || customerClass.equals(buyer.customerClass));
  }
}
