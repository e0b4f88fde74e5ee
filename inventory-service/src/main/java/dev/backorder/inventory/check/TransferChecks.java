package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of transfers between locations. */
final class TransferChecks {
  private TransferChecks() {}

  /** Units in transit of the ledger are those of the transfer lines, transfer by transfer. */
  @Singleton
  static class InTransitMatchesLedger extends BookCheck {
    InTransitMatchesLedger(Sql sql) {
      super(
          sql,
          "transfers_match_ledger",
          "Of each transfer, the ledger's units in transit are those shipped and not received or written off.",
          """
          select coalesce(l.transfer_id, e.transfer_id) || ' ' || coalesce(l.sku, e.sku) as subject,
            coalesce(l.units, 0) as expected, coalesce(e.units, 0) as actual
          from (select transfer_id, sku,
              shipped_quantity - received_quantity - written_off_quantity as units
            from transfer_line) l
          full join (
            select coalesce(r.transfer_id, t.reference) as transfer_id, e.sku, sum(e.quantity) as units
            from ledger_entry e
            join ledger_transaction t on t.ledger_transaction_id = e.ledger_transaction_id
            left join transfer_line r on r.supply_id = t.reference
            where e.account = 'IN_TRANSIT' group by 1, 2) e
            on e.transfer_id = l.transfer_id and e.sku = l.sku
          where coalesce(l.units, 0) <> coalesce(e.units, 0)""");
    }
  }

  /** Each line of a transfer is a supply at its destination, and says the same. */
  @Singleton
  static class TransfersMatchSupply extends BookCheck {
    TransfersMatchSupply(Sql sql) {
      super(
          sql,
          "transfers_match_supply",
          "Each line of a transfer, and nothing else, is a transfer supply at its destination of the same units and day.",
          """
          select coalesce(l.supply_id, s.supply_id) as subject,
            coalesce(l.says, 'no transfer') as expected, coalesce(s.says, 'no supply') as actual
          from (
            select l.supply_id, concat_ws(' ', l.transfer_id, l.sku, t.to_location,
              l.outgoing_quantity + l.shipped_quantity, l.received_quantity,
              case
                when t.state = 'CANCELLED' then 'CANCELLED'
                when l.outgoing_quantity = 0
                  and l.shipped_quantity = l.received_quantity + l.written_off_quantity then 'CLOSED'
                else 'CONFIRMED ' || t.expected_date end) as says
            from transfer_line l join transfer t on t.transfer_id = l.transfer_id) l
          full join (
            select supply_id, concat_ws(' ', source_id, sku, location, expected_quantity, received_quantity,
              case when state in ('PLANNED', 'CONFIRMED') then state || ' ' || expected_date
                else state end) as says
            from supply where kind = 'TRANSFER') s on s.supply_id = l.supply_id
          where l.says is distinct from s.says""");
    }
  }

  /** Units set aside at a location are those of the planned transfers that leave it. */
  @Singleton
  static class OutgoingMatchesTransfers extends BookCheck {
    OutgoingMatchesTransfers(Sql sql) {
      super(
          sql,
          "outgoing_matches_transfers",
          "Units set aside at a location are those of the planned transfers that leave it.",
          """
          select coalesce(s.sku, l.sku) || ' ' || coalesce(s.location, l.location) as subject,
            coalesce(l.units, 0) as expected, coalesce(s.outgoing_quantity, 0) as actual
          from stock s full join (
            select l.sku, t.from_location as location, sum(l.outgoing_quantity) as units
            from transfer_line l join transfer t on t.transfer_id = l.transfer_id
            where t.state = 'PLANNED' group by 1, 2) l on l.sku = s.sku and l.location = s.location
          where coalesce(l.units, 0) <> coalesce(s.outgoing_quantity, 0)""");
    }
  }

  /** The state of a transfer is what its lines say. */
  @Singleton
  static class StatesMatchLines extends BookCheck {
    StatesMatchLines(Sql sql) {
      super(
          sql,
          "transfer_states_match_lines",
          "The state of a transfer is what its lines say.",
          """
          select t.transfer_id as subject, t.state as expected,
            concat_ws(' ', l.outgoing, l.shipped, l.in_transit, l.written_off) as actual
          from transfer t left join (
            select transfer_id, sum(outgoing_quantity) as outgoing, sum(shipped_quantity) as shipped,
              sum(shipped_quantity - received_quantity - written_off_quantity) as in_transit,
              sum(written_off_quantity) as written_off
            from transfer_line group by transfer_id) l on l.transfer_id = t.transfer_id
          where not coalesce(case t.state
            when 'PLANNED' then l.shipped = 0
            when 'SHIPPED' then l.outgoing = 0 and l.in_transit > 0 and l.written_off = 0
            when 'RECEIVED' then l.outgoing = 0 and l.shipped > 0 and l.in_transit = 0 and l.written_off = 0
            when 'CLOSED' then l.outgoing = 0 and l.in_transit = 0 and l.written_off > 0
            when 'CANCELLED' then l.outgoing = 0 and l.shipped = 0 end, false)""");
    }
  }
}
