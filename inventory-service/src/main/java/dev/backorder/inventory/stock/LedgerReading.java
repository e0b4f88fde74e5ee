package dev.backorder.inventory.stock;

import dev.backorder.inventory.v1.LedgerAccount;
import dev.backorder.inventory.v1.LedgerEntry;
import dev.backorder.inventory.v1.LedgerTransaction;
import dev.backorder.inventory.v1.LedgerTransactionKind;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.ListLedgerTransactionsResponse;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The stock ledger, as people and services see it. */
@ApplicationScoped
public class LedgerReading {
  private static final String LIST = "ledger_transactions";

  private final Sql sql;

  LedgerReading(Sql sql) {
    this.sql = sql;
  }

  private record Placed(long position, UUID id, LedgerTransaction.Builder transaction) {}

  /** Ledger transactions, whole, oldest first. */
  @Transactional
  ListLedgerTransactionsResponse list(ListLedgerTransactionsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    List<Placed> found =
        sql.list(
            LedgerReading::read,
            """
            select t.* from ledger_transaction t
            where t.position > ? and (? = '' or t.reference = ?)
              and (? = '' or exists (select from ledger_entry e
                where e.ledger_transaction_id = t.ledger_transaction_id and e.sku = ?))
            order by t.position limit ?""",
            after.isEmpty() ? 0L : position(after.get(0)),
            request.getReference(),
            request.getReference(),
            request.getSku(),
            request.getSku(),
            size + 1);
    boolean more = found.size() > size;
    List<Placed> page = more ? found.subList(0, size) : found;
    addEntries(page);
    ListLedgerTransactionsResponse.Builder response = ListLedgerTransactionsResponse.newBuilder();
    page.forEach(placed -> response.addLedgerTransactions(placed.transaction()));
    if (more) {
      response.setNextPageToken(
          PageTokens.encode(LIST, Long.toString(page.get(size - 1).position())));
    }
    return response.build();
  }

  private void addEntries(List<Placed> page) {
    Map<UUID, LedgerTransaction.Builder> byId = new HashMap<>();
    page.forEach(placed -> byId.put(placed.id(), placed.transaction()));
    sql.list(
        row -> byId.get(row.getObject("ledger_transaction_id", UUID.class)).addEntries(entry(row)),
        """
        select * from ledger_entry where ledger_transaction_id = any(?)
        order by ledger_transaction_id, entry_no""",
        (Object) byId.keySet().toArray(new UUID[0]));
  }

  private static Placed read(ResultSet row) throws SQLException {
    UUID id = row.getObject("ledger_transaction_id", UUID.class);
    return new Placed(
        row.getLong("position"),
        id,
        LedgerTransaction.newBuilder()
            .setLedgerTransactionId(id.toString())
            .setKind(
                LedgerTransactionKind.valueOf("LEDGER_TRANSACTION_KIND_" + row.getString("kind")))
            .setReason(row.getString("reason"))
            .setActor(row.getString("actor"))
            .setReference(row.getString("reference"))
            .setOccurredTime(Wire.timestamp(Sql.instant(row, "occurred_time")))
            .setRecordedTime(Wire.timestamp(Sql.instant(row, "recorded_time"))));
  }

  private static LedgerEntry entry(ResultSet row) throws SQLException {
    return LedgerEntry.newBuilder()
        .setSku(row.getString("sku"))
        .setLocation(row.getString("location"))
        .setAccount(LedgerAccount.valueOf("LEDGER_ACCOUNT_" + row.getString("account")))
        .setQuantity(row.getLong("quantity"))
        .setPreviousBalanceQuantity(row.getLong("previous_balance"))
        .setNewBalanceQuantity(row.getLong("new_balance"))
        .build();
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
