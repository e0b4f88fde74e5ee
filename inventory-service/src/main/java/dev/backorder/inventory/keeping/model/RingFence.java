package dev.backorder.inventory.keeping.model;

/** Units of an item that are kept for a segment. What remains runs down while units are given. */
public final class RingFence {
  private final String id;
  private final Segment segment;
  private final String location;
  private long remaining;

  /** Units taken that may come back: those that carts hold are among them. */
  private long taken;

  /**
   * A ring fence.
   *
   * @param segment for whom
   * @param location only there; empty for any
   * @param remaining units that its members have not got yet
   */
  public RingFence(String id, Segment segment, String location, long remaining) {
    this.id = id;
    this.segment = segment;
    this.location = location;
    this.remaining = remaining;
  }

  /** Its id. */
  public String id() {
    return id;
  }

  /** For whom. */
  public Segment segment() {
    return segment;
  }

  /** Units that its members have not got yet. */
  public long remaining() {
    return remaining;
  }

  RingFence copy() {
    RingFence copy = new RingFence(id, segment, location, remaining);
    copy.taken = taken;
    return copy;
  }

  boolean keepsAt(String place) {
    return location.isEmpty() || location.equals(place);
  }

  boolean isBound() {
    return !location.isEmpty();
  }

  long take(long most) {
    long units = Math.max(0, Math.min(most, remaining));
    remaining -= units;
    taken += units;
    return units;
  }

  void giveBack(long units) {
    remaining = Math.addExact(remaining, units);
    taken = Math.max(0, taken - units);
  }

  long letGo(long most) {
    long units = Math.min(most, taken);
    giveBack(units);
    return units;
  }
}
