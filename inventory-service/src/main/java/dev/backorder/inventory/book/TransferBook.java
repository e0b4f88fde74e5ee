package dev.backorder.inventory.book;

import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferCause;
import dev.backorder.inventory.transit.model.TransferLine;
import dev.backorder.inventory.transit.model.TransferState;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.TransferChanged;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * Transfers. The row of one is locked after the stock rows that a change concerns, those of several
 * in the order of their ids; every change is recorded with its fact.
 */
@ApplicationScoped
public class TransferBook {
  private final Sql sql;
  private final EventLog events;

  TransferBook(Sql sql, EventLog events) {
    this.sql = sql;
    this.events = events;
  }

  /** A transfer and its place in the list. */
  public record PlacedTransfer(long position, Transfer transfer) {}

  /**
   * Which transfers are asked for; what is empty or false is not asked.
   *
   * @param openOnly only those of which something is still to arrive
   */
  public record Filter(
      String sku, String from, String to, Optional<TransferState> state, boolean openOnly) {}

  /** Units that are set aside for a line of a planned transfer. */
  public record Outgoing(
      String transferId, String supplyId, String sku, String from, String to, long units) {

    /** Where they are to go. */
    public StockKey destination() {
      return new StockKey(sku, to);
    }
  }

  /** One transfer. */
  public Optional<Transfer> find(String transferId) {
    return read(
            sql.list(TransferBook::row, "select * from transfer where transfer_id = ?", transferId))
        .stream()
        .map(PlacedTransfer::transfer)
        .findFirst();
  }

  /** Locks transfers in the order of their ids and reads them; those that are missing are not. */
  public SortedMap<String, Transfer> lock(Collection<String> transferIds) {
    SortedMap<String, Transfer> locked = new TreeMap<>();
    if (transferIds.isEmpty()) {
      return locked;
    }
    // Lines are read after the lock: another transaction may have changed them before it.
    read(sql.list(
            TransferBook::row,
            "select * from transfer where transfer_id = any(?) order by transfer_id for update",
            (Object) transferIds.toArray(new String[0])))
        .forEach(placed -> locked.put(placed.transfer().id(), placed.transfer()));
    return locked;
  }

  /** Transfers after a position, oldest first. */
  public List<PlacedTransfer> page(Filter filter, long after, int limit) {
    return read(
        sql.list(
            TransferBook::row,
            """
            select * from transfer t
            where (? = '' or exists (
                select from transfer_line l where l.transfer_id = t.transfer_id and l.sku = ?))
              and (? = '' or t.from_location = ?) and (? = '' or t.to_location = ?)
              and (? = '' or t.state = ?) and (not ? or t.state in ('PLANNED', 'SHIPPED'))
              and t.position > ?
            order by t.position limit ?""",
            filter.sku(),
            filter.sku(),
            filter.from(),
            filter.from(),
            filter.to(),
            filter.to(),
            filter.state().map(TransferState::name).orElse(""),
            filter.state().map(TransferState::name).orElse(""),
            filter.openOnly(),
            after,
            limit));
  }

  /** What is set aside at these stock rows, for the transfer that was planned last first. */
  public List<Outgoing> outgoing(Collection<StockKey> keys) {
    return sql.list(
        row ->
            new Outgoing(
                row.getString("transfer_id"),
                row.getString("supply_id"),
                row.getString("sku"),
                row.getString("from_location"),
                row.getString("to_location"),
                row.getLong("outgoing_quantity")),
        """
        select l.*, t.from_location, t.to_location
        from unnest(?, ?) as k(sku, location)
        join transfer_line l on l.sku = k.sku and l.outgoing_quantity > 0
        join transfer t on t.transfer_id = l.transfer_id and t.from_location = k.location
        order by t.position desc, l.line_no""",
        keys.stream().map(StockKey::sku).toArray(String[]::new),
        keys.stream().map(StockKey::location).toArray(String[]::new));
  }

  /** Records a new transfer and its fact. */
  public void insert(Transfer transfer) {
    sql.update(
        """
        insert into transfer (transfer_id, from_location, to_location, expected_date, state, reason, actor,
          end_reason, version, create_time, update_time)
        values (?, ?, ?, ?::date, ?, ?, ?, ?, ?, ?, ?)""",
        transfer.id(),
        transfer.from(),
        transfer.to(),
        transfer.expectedDate().toString(),
        transfer.state().name(),
        transfer.reason(),
        transfer.actor(),
        transfer.endReason(),
        transfer.version(),
        transfer.createTime(),
        transfer.updateTime());
    List<TransferLine> lines = transfer.lines();
    sql.update(
        """
        insert into transfer_line (transfer_id, line_no, supply_id, sku, planned_quantity, outgoing_quantity)
        select ?, line_no, supply_id, sku, planned, outgoing
        from unnest(?, ?, ?, ?) with ordinality as n(supply_id, sku, planned, outgoing, line_no)""",
        transfer.id(),
        lines.stream().map(TransferLine::supplyId).toArray(String[]::new),
        lines.stream().map(TransferLine::sku).toArray(String[]::new),
        numbers(lines, TransferLine::planned),
        numbers(lines, TransferLine::outgoing));
    publish(transfer, TransferCause.PLANNED);
  }

  /** Records what became of a transfer whose row this transaction has locked, and its fact. */
  public void save(Transfer transfer, TransferCause cause) {
    sql.update(
        """
        update transfer set state = ?, expected_date = ?::date, end_reason = ?, version = ?, update_time = ?,
          ship_time = ? where transfer_id = ?""",
        transfer.state().name(),
        transfer.expectedDate().toString(),
        transfer.endReason(),
        transfer.version(),
        transfer.updateTime(),
        transfer.shipTime().orElse(null),
        transfer.id());
    List<TransferLine> lines = transfer.lines();
    sql.update(
        """
        update transfer_line l set outgoing_quantity = n.outgoing, shipped_quantity = n.shipped,
          received_quantity = n.received, written_off_quantity = n.written_off
        from unnest(?, ?, ?, ?, ?) as n(supply_id, outgoing, shipped, received, written_off)
        where l.supply_id = n.supply_id""",
        lines.stream().map(TransferLine::supplyId).toArray(String[]::new),
        numbers(lines, TransferLine::outgoing),
        numbers(lines, TransferLine::shipped),
        numbers(lines, TransferLine::received),
        numbers(lines, TransferLine::writtenOff));
    publish(transfer, cause);
  }

  private void publish(Transfer transfer, TransferCause cause) {
    events.append(
        transfer.id(),
        transfer.version(),
        InventoryEvent.newBuilder()
            .setTransferChanged(
                TransferChanged.newBuilder()
                    .setTransfer(TransferMessages.render(transfer))
                    .setCause(TransferMessages.render(cause)))
            .build());
  }

  /** A row without its lines. */
  private record Head(long position, Transfer transfer) {}

  private List<PlacedTransfer> read(List<Head> heads) {
    if (heads.isEmpty()) {
      return List.of();
    }
    Map<String, List<TransferLine>> lines = new HashMap<>();
    sql.list(
        row ->
            lines
                .computeIfAbsent(row.getString("transfer_id"), id -> new ArrayList<>())
                .add(line(row)),
        "select * from transfer_line where transfer_id = any(?) order by transfer_id, line_no",
        (Object) heads.stream().map(head -> head.transfer().id()).toArray(String[]::new));
    Map<String, PlacedTransfer> whole = new LinkedHashMap<>();
    heads.forEach(
        head -> {
          String id = head.transfer().id();
          whole.put(
              id,
              new PlacedTransfer(
                  head.position(), head.transfer().withLines(lines.getOrDefault(id, List.of()))));
        });
    return List.copyOf(whole.values());
  }

  private static Head row(ResultSet row) throws SQLException {
    return new Head(
        row.getLong("position"),
        new Transfer(
            row.getString("transfer_id"),
            row.getString("from_location"),
            row.getString("to_location"),
            row.getObject("expected_date", LocalDate.class),
            TransferState.valueOf(row.getString("state")),
            List.of(),
            row.getString("reason"),
            row.getString("actor"),
            row.getString("end_reason"),
            row.getLong("version"),
            Sql.instant(row, "create_time"),
            Sql.instant(row, "update_time"),
            shipTime(row)));
  }

  private static Optional<Instant> shipTime(ResultSet row) throws SQLException {
    return Optional.ofNullable(Sql.instant(row, "ship_time"));
  }

  private static TransferLine line(ResultSet row) throws SQLException {
    return new TransferLine(
        row.getString("supply_id"),
        row.getString("sku"),
        row.getLong("planned_quantity"),
        row.getLong("outgoing_quantity"),
        row.getLong("shipped_quantity"),
        row.getLong("received_quantity"),
        row.getLong("written_off_quantity"));
  }

  private static Long[] numbers(List<TransferLine> lines, ToLongFunction<TransferLine> column) {
    return lines.stream().map(column::applyAsLong).toArray(Long[]::new);
  }
}
