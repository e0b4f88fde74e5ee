package dev.backorder.order.promise;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.promise.model.LedgerEntry;
import dev.backorder.order.promise.model.LineLedger;
import dev.backorder.order.promise.model.LineMove;
import dev.backorder.order.promise.model.Outcome;
import dev.backorder.order.promise.model.Retelling;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.platform.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The promise ledger: what was told to customers, and whether it was kept. */
@ApplicationScoped
public class Promises {
  private final PromiseRows rows;
  private final PromiseConfig days;
  private final Ids ids;

  Promises(PromiseRows rows, PromiseConfig days, Ids ids) {
    this.rows = rows;
    this.days = days;
    this.ids = ids;
  }

  /**
   * Dates that were told by a change.
   *
   * @param now the new promises; empty when no day moved
   * @param before what was told for their units before
   * @param ended which of {@code before} hold no units any more
   */
  public record Told(List<PromiseRecord> now, List<PromiseRecord> before, Set<String> ended) {
    private static final Told NOTHING = new Told(List.of(), List.of(), Set.of());
  }

  /** The day that a moment belongs to when promises are judged. */
  public LocalDate dayOf(Instant time) {
    return days.dayOf(time);
  }

  /**
   * Tells the dates of orders that are being decided: one promise for each portion of each line.
   *
   * @return what was told, by order; nothing for an order that holds nothing
   */
  public Map<UUID, List<PromiseRecord>> tellPlaced(List<OrderChange> changes) {
    List<PromiseRow> all = new ArrayList<>();
    Map<UUID, List<PromiseRecord>> told = new HashMap<>();
    for (OrderChange change : changes) {
      List<PromiseRow> ofOrder = placed(change);
      all.addAll(ofOrder);
      told.put(change.orderId(), ofOrder.stream().map(PromiseRow::toProto).toList());
    }
    rows.insert(all);
    return told;
  }

  private List<PromiseRow> placed(OrderChange change) {
    List<OrderLine> lines = change.lines();
    if (lines.stream().allMatch(line -> line.portions().isEmpty())) {
      return List.of();
    }
    int telling = change.nextTelling();
    List<PromiseRow> told = new ArrayList<>();
    for (OrderLine line : lines) {
      for (Portion portion : line.portions()) {
        told.add(
            row(
                change,
                line,
                portion.terms(),
                portion.quantity(),
                Optional.empty(),
                Retelling.Cause.PLACED,
                telling));
      }
    }
    return told;
  }

  /**
   * What happened to units of an order's lines.
   *
   * @param moves by line
   * @param telling number of the telling that new dates belong to; the caller takes it from {@code
   *     change} when there are any
   */
  public record Moves(OrderChange change, Map<UUID, LineMove> moves, int telling) {}

  /**
   * Settles what happened to units of different orders, and tells new dates to those whose day
   * moved.
   *
   * @return what was told, one for each of {@code all}
   */
  public List<Told> settle(List<Moves> all) {
    Map<UUID, Set<UUID>> lines = new LinkedHashMap<>();
    all.stream()
        .filter(moves -> !moves.moves().isEmpty())
        .forEach(moves -> lines.put(moves.change().orderId(), moves.moves().keySet()));
    if (lines.isEmpty()) {
      return all.stream().map(moves -> Told.NOTHING).toList();
    }
    Map<UUID, List<PromiseRow>> unsettled =
        rows.lockUnsettled(lines).stream().collect(Collectors.groupingBy(PromiseRow::lineId));
    List<PromiseRow> changed = new ArrayList<>();
    List<PromiseRow> told = new ArrayList<>();
    List<Told> tolds = new ArrayList<>();
    for (Moves moves : all) {
      Settled settled = settle(moves, unsettled);
      changed.addAll(settled.changed().values());
      told.addAll(settled.told());
      tolds.add(settled.asTold());
    }
    rows.update(changed);
    rows.insert(told);
    return tolds;
  }

  /** What became of the promises of one order. */
  private record Settled(
      Map<UUID, PromiseRow> changed, List<PromiseRow> told, Set<UUID> superseded) {
    Told asTold() {
      return told.isEmpty()
          ? Told.NOTHING
          : new Told(
              told.stream().map(PromiseRow::toProto).toList(),
              superseded.stream().map(id -> changed.get(id).toProto()).toList(),
              superseded.stream()
                  .filter(id -> changed.get(id).entry().current() == 0)
                  .map(UUID::toString)
                  .collect(Collectors.toSet()));
    }
  }

  private Settled settle(Moves all, Map<UUID, List<PromiseRow>> unsettled) {
    OrderChange change = all.change();
    Settled settled = new Settled(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashSet<>());
    all.moves()
        .forEach(
            (lineId, move) -> {
              if (change.isAdded(lineId) && !unsettled.containsKey(lineId)) {
                settled.told().addAll(added(change, lineId, move, all.telling()));
                return;
              }
              Map<UUID, PromiseRow> ofLine = new LinkedHashMap<>();
              unsettled
                  .getOrDefault(lineId, List.of())
                  .forEach(r -> ofLine.put(r.entry().promiseId(), r));
              LineLedger.Settlement settlement =
                  LineLedger.settle(ofLine.values().stream().map(PromiseRow::entry).toList(), move);
              for (LedgerEntry entry : settlement.changed()) {
                settled
                    .changed()
                    .put(
                        entry.promiseId(),
                        ofLine.get(entry.promiseId()).with(entry, change.time()));
              }
              for (Retelling retelling : settlement.retellings()) {
                settled.superseded().add(retelling.supersedes());
                settled.told().add(retold(change, lineId, retelling, all.telling()));
              }
            });
    return settled;
  }

  /** A line that was not there before: nobody was told anything for it. */
  private List<PromiseRow> added(OrderChange change, UUID lineId, LineMove move, int telling) {
    return move.open().stream()
        .map(
            portion ->
                row(
                    change,
                    change.line(lineId),
                    portion.terms(),
                    portion.quantity(),
                    Optional.empty(),
                    Retelling.Cause.ADDED,
                    telling))
        .toList();
  }

  private PromiseRow retold(OrderChange change, UUID lineId, Retelling retelling, int telling) {
    return row(
        change,
        change.line(lineId),
        retelling.terms(),
        retelling.quantity(),
        Optional.of(retelling.supersedes()),
        retelling.cause(),
        telling);
  }

  private PromiseRow row(
      OrderChange change,
      OrderLine line,
      PromiseTerms terms,
      long quantity,
      Optional<UUID> supersedes,
      Retelling.Cause cause,
      int telling) {
    LedgerEntry entry =
        new LedgerEntry(
            ids.next(), 0, supersedes, terms.shipByDate(), quantity, quantity, 0, 0, Outcome.OPEN);
    return new PromiseRow(
        change.orderId(),
        line.lineId(),
        line.sku(),
        terms,
        line.shownShipByDate(),
        change.time(),
        cause,
        telling,
        entry,
        Optional.empty());
  }
}
