-- When units may leave that are there while others wait, as the order was placed.
ALTER TABLE customer_order
  ADD COLUMN ship_rule text NOT NULL DEFAULT 'AS_AVAILABLE'
    CHECK (ship_rule IN ('AS_AVAILABLE', 'COMPLETE', 'MINIMUM', 'CONSOLIDATED')),
  ADD COLUMN minimum_quantity bigint NOT NULL DEFAULT 0 CHECK (minimum_quantity >= 0),
  ADD COLUMN window_days integer NOT NULL DEFAULT 0 CHECK (window_days BETWEEN 0 AND 60);

ALTER TABLE order_line
  ADD COLUMN ship_group text NOT NULL DEFAULT '',
  ADD COLUMN due_date date,
  ADD COLUMN max_late_days integer CHECK (max_late_days >= 0),
  -- Since when reserved units wait for others of the order, until when at most, and from which day on those that were let go are
  -- told to leave.
  ADD COLUMN hold_time timestamptz,
  ADD COLUMN hold_until_time timestamptz,
  ADD COLUMN let_go_date date,
  -- Reserved units that the warehouse could not send: the sum of their rows in withheld_units, so that most orders need not look.
  ADD COLUMN withheld_quantity bigint NOT NULL DEFAULT 0 CHECK (withheld_quantity >= 0),
  -- Units in shipments that left. It is not shipped_quantity: that follows inventory-service, which may tell of it first.
  ADD COLUMN left_quantity bigint NOT NULL DEFAULT 0 CHECK (left_quantity >= 0),
  ADD CHECK ((due_date IS NULL) = (max_late_days IS NULL)),
  ADD CHECK (hold_until_time IS NULL OR hold_time IS NOT NULL);

-- Which hold is over next: few lines are held.
CREATE INDEX order_line_hold ON order_line (hold_until_time) WHERE hold_until_time IS NOT NULL;

-- What inventory-service promises for the units alone, where they leave on another day with others of the order.
ALTER TABLE line_portion
  ADD COLUMN own_ship_by_date date,
  ADD COLUMN own_deliver_by_date date,
  ADD COLUMN own_constraint text,
  ADD CHECK ((own_ship_by_date IS NULL) = (own_constraint IS NULL));

ALTER TABLE shipment
  ADD COLUMN problem text NOT NULL DEFAULT ''
    CHECK (problem IN ('', 'MISSING', 'DAMAGED', 'NO_CAPACITY', 'OTHER')),
  ADD COLUMN problem_note text NOT NULL DEFAULT '',
  DROP CONSTRAINT shipment_state_check,
  ADD CONSTRAINT shipment_state_check
    CHECK (state IN ('OFFERED', 'CONFIRMING', 'SHIPPED', 'DELIVERED', 'WITHDRAWN', 'REJECTED'));

ALTER TABLE shipment_line
  -- Units that were offered and did not leave with the others.
  ADD COLUMN short_quantity bigint NOT NULL DEFAULT 0 CHECK (short_quantity >= 0),
  -- Share of the line's total, once it left.
  ADD COLUMN value_minor bigint CHECK (value_minor >= 0),
  DROP CONSTRAINT shipment_line_quantity_check,
  ADD CONSTRAINT shipment_line_quantity_check CHECK (quantity >= 0 AND quantity + short_quantity > 0);

-- Units of a shipment that the warehouse could not send, until they are offered again.
CREATE TABLE withheld_units (
  order_id uuid NOT NULL REFERENCES customer_order,
  shipment_id uuid NOT NULL,
  line_id uuid NOT NULL,
  location text NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  until_time timestamptz NOT NULL,
  PRIMARY KEY (order_id, shipment_id, line_id)
);

CREATE INDEX withheld_units_until ON withheld_units (until_time);

-- What left before these columns were there.
UPDATE order_line o SET left_quantity = s.units
FROM (
  SELECT l.order_id, l.line_id, sum(l.quantity) AS units
  FROM shipment s JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id
  WHERE s.state IN ('SHIPPED', 'DELIVERED') GROUP BY 1, 2) s
WHERE o.order_id = s.order_id AND o.line_id = s.line_id;

-- Each shipment's share reaches from the units that left before it to those that have left with it.
UPDATE shipment_line l
SET value_minor =
    div(2 * o.price_minor::numeric * (p.before + l.quantity) + o.price_quantity, 2 * o.price_quantity)
  - div(2 * o.price_minor::numeric * p.before + o.price_quantity, 2 * o.price_quantity)
FROM order_line o,
  (SELECT l.order_id, l.shipment_id, l.line_id,
      sum(l.quantity) OVER (PARTITION BY l.order_id, l.line_id ORDER BY s.ship_time, s.shipment_seq) - l.quantity AS before
   FROM shipment s JOIN shipment_line l ON l.order_id = s.order_id AND l.shipment_id = s.shipment_id
   WHERE s.state IN ('SHIPPED', 'DELIVERED')) p
WHERE o.order_id = l.order_id AND o.line_id = l.line_id
  AND p.order_id = l.order_id AND p.shipment_id = l.shipment_id AND p.line_id = l.line_id;
