package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of balances and lines. */
final class StockChecks {
  private StockChecks() {}

  /** Reserved and waiting units are those of the lines. */
  @Singleton
  static class StockMatchesPortions extends BookCheck {
    StockMatchesPortions(Sql sql) {
      super(
          sql,
          "stock_matches_portions",
          "Reserved and waiting units, and those that nothing earlier would help, are those of the lines.",
          """
          select coalesce(s.sku, p.sku) || ' ' || coalesce(s.location, p.location) as subject,
            coalesce(p.reserved, 0) || ' ' || coalesce(p.waiting, 0) || ' ' || coalesce(p.patient, 0)
              as expected,
            coalesce(s.reserved_quantity, 0) || ' ' || coalesce(s.waiting_quantity, 0) || ' '
              || coalesce(s.patient_quantity, 0) as actual
          from stock s full join (
            select sku, location,
              coalesce(sum(quantity) filter (where state = 'RESERVED'), 0) as reserved,
              coalesce(sum(quantity) filter (where state = 'WAITING'), 0) as waiting,
              coalesce(sum(quantity) filter (where state = 'WAITING' and supply_id <> ''
                and constraint_kind = 'WANTED_DATE'), 0) as patient
            from portion group by sku, location) p on p.sku = s.sku and p.location = s.location
          where coalesce(p.reserved, 0) <> coalesce(s.reserved_quantity, 0)
            or coalesce(p.waiting, 0) <> coalesce(s.waiting_quantity, 0)
            or coalesce(p.patient, 0) <> coalesce(s.patient_quantity, 0)""");
    }
  }

  /** Units set aside for a queue are those still to be given to its lines. */
  @Singleton
  static class QueueReservedMatchesFills extends BookCheck {
    QueueReservedMatchesFills(Sql sql) {
      super(
          sql,
          "queue_reserved_matches_fills",
          "Units set aside for a queue are those still to be given to its lines.",
          """
          select coalesce(s.sku, f.sku) || ' ' || coalesce(s.location, f.location) as subject,
            coalesce(f.remaining, 0) as expected, coalesce(s.queue_reserved_quantity, 0) as actual
          from stock s full join (
            select sku, location, sum(remaining_quantity) as remaining from queue_fill
            group by sku, location) f on f.sku = s.sku and f.location = s.location
          where coalesce(f.remaining, 0) <> coalesce(s.queue_reserved_quantity, 0)""");
    }
  }

  /** Waiting units of each channel are those of its lines. */
  @Singleton
  static class ChannelWaitingMatchesPortions extends BookCheck {
    ChannelWaitingMatchesPortions(Sql sql) {
      super(
          sql,
          "channel_waiting_matches_portions",
          "Waiting units of each channel are those of its lines.",
          """
          select coalesce(w.sku, p.sku) || ' ' || coalesce(w.channel, p.channel) as subject,
            coalesce(p.units, 0) as expected, coalesce(w.waiting_quantity, 0) as actual
          from channel_waiting w full join (
            select sku, channel, sum(quantity) as units from portion
            where state = 'WAITING' and channel <> '' group by sku, channel) p
            on p.sku = w.sku and p.channel = w.channel
          where coalesce(p.units, 0) <> coalesce(w.waiting_quantity, 0)""");
    }
  }

  /** Held units and places are those of the carts. */
  @Singleton
  static class HeldMatchesHolds extends BookCheck {
    HeldMatchesHolds(Sql sql) {
      super(
          sql,
          "held_matches_holds",
          "Held units and places are those of the carts.",
          """
          select coalesce(s.sku, h.sku) || ' ' || coalesce(s.location, h.location) as subject,
            coalesce(h.units, 0) || ' ' || coalesce(h.places, 0) as expected,
            coalesce(s.held_quantity, 0) || ' ' || coalesce(s.held_place_quantity, 0) as actual
          from stock s full join (
            select sku, location, sum(shelf_quantity) as units, sum(place_quantity) as places
            from hold_units group by sku, location) h on h.sku = s.sku and h.location = s.location
          where coalesce(h.units, 0) <> coalesce(s.held_quantity, 0)
            or coalesce(h.places, 0) <> coalesce(s.held_place_quantity, 0)
          union all
          select u.cart_id || ' ' || u.sku, 'hold', ''
          from hold_units u left join hold h on h.cart_id = u.cart_id
          where h.cart_id is null""");
    }
  }

  /** No more units are reserved than are on hand. */
  @Singleton
  static class NotOversold extends BookCheck {
    NotOversold(Sql sql) {
      super(
          sql,
          "not_oversold",
          "No more units are reserved than are on hand.",
          """
          select sku || ' ' || location as subject, on_hand_quantity as expected,
            reserved_quantity + queue_reserved_quantity + held_quantity + outgoing_quantity as actual
          from stock
          where reserved_quantity + queue_reserved_quantity + held_quantity + outgoing_quantity
            > on_hand_quantity""");
    }
  }

  /** Ordered units of a line are reserved, waiting, shipped, released or refused. */
  @Singleton
  static class LinesAddUp extends BookCheck {
    LinesAddUp(Sql sql) {
      super(
          sql,
          "lines_add_up",
          "Ordered units of a line are reserved, waiting, shipped, released or refused.",
          """
          select l.order_id || ' ' || l.line_id as subject, l.ordered_quantity as expected,
            l.shipped_quantity + l.released_quantity + l.refused_quantity + coalesce(p.quantity, 0) as actual
          from allocation_line l left join (
            select order_id, line_no, sum(quantity) as quantity from portion
            group by order_id, line_no) p on p.order_id = l.order_id and p.line_no = l.line_no
          where l.ordered_quantity <>
              l.shipped_quantity + l.released_quantity + l.refused_quantity + coalesce(p.quantity, 0)
            and not exists (
              select from allocation_line c where c.order_id = l.order_id and c.kit_line_no = l.line_no)""");
    }
  }

  /** Components count what the kits that they are part of count, and are held as whole kits. */
  @Singleton
  static class ComponentsMatchKits extends BookCheck {
    ComponentsMatchKits(Sql sql) {
      super(
          sql,
          "components_match_kits",
          "Components count what their kits count, and each location holds whole kits of them.",
          """
          select c.order_id || ' ' || c.line_id as subject,
            concat_ws(' ', k.ordered_quantity, k.shipped_quantity, k.released_quantity, k.refused_quantity,
              k.returned_quantity) as expected,
            concat_ws(' ', c.ordered_quantity, c.shipped_quantity, c.released_quantity, c.refused_quantity,
              c.returned_quantity) as actual
          from allocation_line c left join allocation_line k
            on k.order_id = c.order_id and k.line_no = c.kit_line_no
          where c.kit_line_no is not null
            and (k.ordered_quantity * c.units_per_kit, k.shipped_quantity * c.units_per_kit,
              k.released_quantity * c.units_per_kit, k.refused_quantity * c.units_per_kit,
              k.returned_quantity * c.units_per_kit) is distinct from
              (c.ordered_quantity, c.shipped_quantity, c.released_quantity, c.refused_quantity,
              c.returned_quantity)
          union all
          select order_id || ' ' || kit_line_no || ' ' || location, 'whole kits', string_agg(units, ' ')
          from (
            select c.order_id, c.kit_line_no, p.location,
              sum(p.quantity) || '/' || c.units_per_kit as units,
              sum(p.quantity)::numeric / c.units_per_kit as kits,
              (select count(*) from allocation_line o
                where o.order_id = c.order_id and o.kit_line_no = c.kit_line_no) as parts
            from allocation_line c join portion p on p.order_id = c.order_id and p.line_no = c.line_no
            where c.kit_line_no is not null
            group by c.order_id, c.kit_line_no, c.line_no, c.units_per_kit, p.location) h
          group by order_id, kit_line_no, location, parts
          having min(kits) <> max(kits) or min(kits) <> trunc(min(kits)) or count(*) <> parts""");
    }
  }

  /** Every portion belongs to a line of the same item, every line to an allocation. */
  @Singleton
  static class PortionsBelongToLines extends BookCheck {
    PortionsBelongToLines(Sql sql) {
      super(
          sql,
          "portions_belong_to_lines",
          "Every portion belongs to a line of the same item, every line to an allocation.",
          """
          select p.order_id || ' ' || p.line_no as subject, p.sku as expected, coalesce(l.sku, '') as actual
          from portion p left join allocation_line l
            on l.order_id = p.order_id and l.line_no = p.line_no
          where l.sku is distinct from p.sku
          union all
          select l.order_id || ' ' || l.line_no, 'allocation', ''
          from allocation_line l left join allocation a on a.order_id = l.order_id
          where a.order_id is null""");
    }
  }
}
