-- Work that spans two services. A row is written with the intent and deleted with the last step; whoever finds it due carries on.
-- The id is the id of the thing in work: the order, the cancellation, the return, the shipment.

CREATE TABLE process (
  process_id uuid PRIMARY KEY,
  process_seq bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  order_id uuid NOT NULL,
  start_time timestamptz NOT NULL,
  next_attempt_time timestamptz NOT NULL,
  attempt_count integer NOT NULL DEFAULT 0
);

CREATE INDEX process_due ON process (next_attempt_time, process_seq);

-- Units that a customer gave up. Kept for ever: who cancelled what, when and why.
CREATE TABLE cancellation (
  cancellation_id uuid PRIMARY KEY,
  cancellation_seq bigint GENERATED ALWAYS AS IDENTITY,
  order_id uuid NOT NULL REFERENCES customer_order,
  caller text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  reason text NOT NULL,
  line_ids uuid[] NOT NULL,
  quantities bigint[] NOT NULL CHECK (cardinality(quantities) = cardinality(line_ids)),
  state text NOT NULL CHECK (state IN ('OPEN', 'DONE')),
  create_time timestamptz NOT NULL,
  UNIQUE (caller, request_id)
);

CREATE INDEX cancellation_open ON cancellation (order_id) WHERE state = 'OPEN';

-- Shipped units that came back.
CREATE TABLE goods_return (
  return_id uuid PRIMARY KEY,
  return_seq bigint GENERATED ALWAYS AS IDENTITY,
  order_id uuid NOT NULL REFERENCES customer_order,
  caller text NOT NULL,
  request_id uuid NOT NULL,
  fingerprint bytea NOT NULL,
  location text NOT NULL,
  reason text NOT NULL,
  line_ids uuid[] NOT NULL,
  quantities bigint[] NOT NULL CHECK (cardinality(quantities) = cardinality(line_ids)),
  state text NOT NULL CHECK (state IN ('OPEN', 'DONE')),
  create_time timestamptz NOT NULL,
  UNIQUE (caller, request_id)
);

CREATE INDEX goods_return_open ON goods_return (order_id) WHERE state = 'OPEN';
