package dev.backorder.order.order.model;

/**
 * What became of the units of a line, or of all lines of an order. Every unit is in exactly one of
 * reserved, waiting, shipped, cancelled and refused, or nobody has decided yet and all five are
 * zero.
 *
 * @param delivered of the shipped ones, those that arrived
 * @param returned of the shipped ones, those that came back
 */
public record Quantities(
    long ordered,
    long reserved,
    long waiting,
    long shipped,
    long delivered,
    long cancelled,
    long refused,
    long returned) {
  private static final Quantities NONE = new Quantities(0, 0, 0, 0, 0, 0, 0, 0);

  /** Refuses quantities that cannot be. */
  public Quantities {
    require(ordered >= 0, "ordered", ordered);
    require(reserved >= 0, "reserved", reserved);
    require(waiting >= 0, "waiting", waiting);
    require(shipped >= 0, "shipped", shipped);
    require(cancelled >= 0, "cancelled", cancelled);
    require(refused >= 0, "refused", refused);
    require(delivered >= 0 && delivered <= shipped, "delivered", delivered);
    require(returned >= 0 && returned <= shipped, "returned", returned);
    long settled =
        Math.addExact(Math.addExact(reserved, waiting), Math.addExact(shipped, cancelled));
    long all = Math.addExact(settled, refused);
    require(all == 0 || all == ordered, "the sum", all);
  }

  /** A line that nobody has decided about. */
  public static Quantities undecided(long ordered) {
    return new Quantities(ordered, 0, 0, 0, 0, 0, 0, 0);
  }

  /** A line of which everything was refused. */
  public static Quantities allRefused(long ordered) {
    return new Quantities(ordered, 0, 0, 0, 0, 0, ordered, 0);
  }

  /** Sums of several lines. */
  public static Quantities sum(Iterable<Quantities> lines) {
    Quantities total = NONE;
    for (Quantities line : lines) {
      total = total.plus(line);
    }
    return total;
  }

  /** True when every unit has a fate. */
  public boolean isDecided() {
    return reserved + waiting + shipped + cancelled + refused == ordered;
  }

  /** Units that have neither left nor been given up. */
  public long open() {
    return reserved + waiting;
  }

  /** The same with so many more units arrived. */
  public Quantities deliver(long quantity) {
    return new Quantities(
        ordered,
        reserved,
        waiting,
        shipped,
        Math.addExact(delivered, quantity),
        cancelled,
        refused,
        returned);
  }

  private Quantities plus(Quantities other) {
    return new Quantities(
        Math.addExact(ordered, other.ordered),
        Math.addExact(reserved, other.reserved),
        Math.addExact(waiting, other.waiting),
        Math.addExact(shipped, other.shipped),
        Math.addExact(delivered, other.delivered),
        Math.addExact(cancelled, other.cancelled),
        Math.addExact(refused, other.refused),
        Math.addExact(returned, other.returned));
  }

  private static void require(boolean holds, String what, long value) {
    if (!holds) {
      throw new IllegalArgumentException(
          "Quantities do not add up: %s is %d".formatted(what, value));
    }
  }
}
