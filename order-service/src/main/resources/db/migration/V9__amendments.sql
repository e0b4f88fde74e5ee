-- What customers want changed in an order: units given up, and lines added. Kept for ever.
CREATE TABLE amendment (
  amendment_id uuid PRIMARY KEY,
  amendment_seq bigint GENERATED ALWAYS AS IDENTITY,
  order_id uuid NOT NULL REFERENCES customer_order,
  caller text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  reason text NOT NULL,
  shortage_rule text NOT NULL,
  -- Units given up, by line.
  line_ids uuid[] NOT NULL,
  quantities bigint[] NOT NULL CHECK (cardinality(quantities) = cardinality(line_ids)),
  -- REFUSED: what was to be added could not be had, and nothing changed.
  state text NOT NULL CHECK (state IN ('OPEN', 'DONE', 'REFUSED')),
  create_time timestamptz NOT NULL,
  UNIQUE (caller, request_id)
);

CREATE INDEX amendment_open ON amendment (order_id) WHERE state = 'OPEN';

-- Lines that amendments add. They are lines of the order once inventory-service has decided them, whether its answer or its feed
-- tells so first; this row is what the line is made of then.
CREATE TABLE added_line (
  order_id uuid NOT NULL,
  line_id uuid NOT NULL,
  amendment_id uuid NOT NULL REFERENCES amendment ON DELETE CASCADE,
  line_number integer NOT NULL,
  sku text NOT NULL,
  price_minor bigint NOT NULL CHECK (price_minor >= 0),
  price_quantity bigint NOT NULL CHECK (price_quantity > 0),
  wanted_date date,
  ship_group text NOT NULL,
  due_date date,
  max_late_days integer,
  -- The last day for which its units may be promised, with the lines that it leaves together with.
  latest_ship_by_date date,
  ordered_quantity bigint NOT NULL CHECK (ordered_quantity > 0),
  PRIMARY KEY (order_id, line_id)
);

CREATE INDEX added_line_amendment ON added_line (amendment_id);

-- Causes are the words of the contract and grow with it; the enum of the code is the closed list.
ALTER TABLE promise DROP CONSTRAINT promise_cause_check;
ALTER TABLE promise ADD CONSTRAINT promise_cause_check CHECK (cause ~ '^[A-Z_]+$');
