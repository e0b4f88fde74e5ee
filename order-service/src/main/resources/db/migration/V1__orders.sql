-- Orders and their lines. The order row is the lock of everything that belongs to the order: whoever changes an order, its lines,
-- portions, promises or shipments locks it first.
-- fillfactor: rows change a few times after they were written; free room lets them change in place.

CREATE TABLE customer_order (
  order_id uuid PRIMARY KEY,
  -- The order in which orders were placed; lists are sorted by it. Ids are never sorted by.
  order_seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  -- Who placed it with which request: a second call with the same pair finds this row.
  caller text NOT NULL,
  place_request_id uuid NOT NULL,
  place_fingerprint bytea NOT NULL,
  reference text NOT NULL,
  customer_id text NOT NULL,
  channel text NOT NULL,
  customer_class text NOT NULL,
  priority integer NOT NULL,
  currency_code text NOT NULL,
  total_minor bigint NOT NULL CHECK (total_minor >= 0),
  jurisdiction text NOT NULL,
  buyer_type text NOT NULL,
  -- Not personal: the law and the transit time depend on it. The rest of the destination stands in its own table.
  destination_country text NOT NULL,
  shortage_rule text NOT NULL,
  -- Derived from the quantities of the lines; stored for the filter of lists, verified by a consistency check.
  state text NOT NULL,
  version bigint NOT NULL CHECK (version >= 0),
  -- Version of the allocation that the quantities come from; 0 before the first one.
  allocation_version bigint NOT NULL DEFAULT 0,
  -- A newer allocation that came over the feed while the order was still pending; applied when it is decided.
  early_allocation bytea,
  -- Rows in order_refusal; most orders have none and need not look.
  refusal_count integer NOT NULL DEFAULT 0,
  -- How often dates were told for this order.
  telling_count integer NOT NULL DEFAULT 0,
  place_time timestamptz NOT NULL,
  order_complete_time timestamptz NOT NULL,
  UNIQUE (caller, place_request_id)
) WITH (fillfactor = 70);

CREATE INDEX customer_order_state ON customer_order (state, order_seq);
CREATE INDEX customer_order_customer ON customer_order (customer_id, order_seq);
CREATE INDEX customer_order_reference ON customer_order (reference, order_seq) WHERE reference <> '';
CREATE INDEX customer_order_place_time ON customer_order (place_time);

CREATE TABLE order_line (
  order_id uuid NOT NULL REFERENCES customer_order,
  line_id uuid NOT NULL,
  line_number integer NOT NULL,
  sku text NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  price_quantity bigint NOT NULL CHECK (price_quantity > 0),
  -- The date that the shopper was shown, and whether a worse one is fine.
  shown_ship_by_date date,
  accepts_worse boolean NOT NULL,
  ordered_quantity bigint NOT NULL CHECK (ordered_quantity > 0),
  reserved_quantity bigint NOT NULL DEFAULT 0 CHECK (reserved_quantity >= 0),
  waiting_quantity bigint NOT NULL DEFAULT 0 CHECK (waiting_quantity >= 0),
  shipped_quantity bigint NOT NULL DEFAULT 0 CHECK (shipped_quantity >= 0),
  delivered_quantity bigint NOT NULL DEFAULT 0 CHECK (delivered_quantity BETWEEN 0 AND shipped_quantity),
  cancelled_quantity bigint NOT NULL DEFAULT 0 CHECK (cancelled_quantity >= 0),
  refused_quantity bigint NOT NULL DEFAULT 0 CHECK (refused_quantity >= 0),
  returned_quantity bigint NOT NULL DEFAULT 0 CHECK (returned_quantity BETWEEN 0 AND shipped_quantity),
  initially_waiting_quantity bigint NOT NULL DEFAULT 0 CHECK (initially_waiting_quantity BETWEEN 0 AND ordered_quantity),
  -- Open units that are being cancelled and shipped units that are being returned, while inventory-service is asked.
  releasing_quantity bigint NOT NULL DEFAULT 0 CHECK (releasing_quantity BETWEEN 0 AND ordered_quantity),
  returning_quantity bigint NOT NULL DEFAULT 0 CHECK (returning_quantity BETWEEN 0 AND ordered_quantity),
  PRIMARY KEY (order_id, line_id),
  -- Nothing gets lost: every unit is somewhere, or nobody has decided yet.
  CONSTRAINT order_line_units_add_up CHECK (
    reserved_quantity + waiting_quantity + shipped_quantity + cancelled_quantity + refused_quantity IN (0, ordered_quantity))
) WITH (fillfactor = 70);

-- Reserved and waiting units of a line by place and date: the last state that inventory-service told. Replaced per line.
-- No foreign key: it would cost a lookup per row on the way of every order; a consistency check compares with the lines.
CREATE TABLE line_portion (
  order_id uuid NOT NULL,
  line_id uuid NOT NULL,
  portion_number integer NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  location text NOT NULL,
  state text NOT NULL CHECK (state IN ('RESERVED', 'WAITING')),
  ship_by_date date NOT NULL,
  deliver_by_date date,
  percentile integer NOT NULL,
  basis text NOT NULL,
  binding_constraint text NOT NULL,
  supply_id text NOT NULL,
  PRIMARY KEY (order_id, line_id, portion_number)
);

-- What could not be had when the order came, and dates that were worse than the one shown.
CREATE TABLE order_refusal (
  order_id uuid NOT NULL REFERENCES customer_order,
  refusal_number integer NOT NULL,
  line_id uuid NOT NULL,
  sku text NOT NULL,
  requested_quantity bigint NOT NULL,
  orderable_quantity bigint NOT NULL,
  -- WORSE_PROMISE, or a refusal reason of inventory-service.
  reason text NOT NULL,
  shown_ship_by_date date,
  given_ship_by_date date,
  PRIMARY KEY (order_id, refusal_number)
);

-- Personal data: here alone, so that it can be erased. Never in events, answers to PlaceOrder, the request log or logs.
CREATE TABLE destination (
  order_id uuid PRIMARY KEY REFERENCES customer_order,
  recipient text NOT NULL,
  address_lines text[] NOT NULL,
  locality text NOT NULL,
  postal_code text NOT NULL,
  country text NOT NULL
);
