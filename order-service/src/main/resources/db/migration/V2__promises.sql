-- The promise ledger: one row for every date ever told to a customer. What was told never changes; the only columns that change
-- are the counters of what became of its units, and the outcome, once.

CREATE TABLE promise (
  order_id uuid NOT NULL,
  promise_id uuid NOT NULL,
  -- The order in which promises were told.
  promise_seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  line_id uuid NOT NULL,
  sku text NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  ship_by_date date NOT NULL,
  deliver_by_date date,
  percentile integer NOT NULL,
  basis text NOT NULL,
  binding_constraint text NOT NULL,
  supply_id text NOT NULL,
  shown_ship_by_date date,
  told_time timestamptz NOT NULL,
  cause text NOT NULL CHECK (cause IN ('PLACED', 'LATER', 'EARLIER')),
  telling integer NOT NULL CHECK (telling > 0),
  -- The promise that was told before for these units.
  supersedes_promise_id uuid,
  -- Units that left, that were cancelled, and that were told another date; a unit that was told another date still counts
  -- in the first two here when it leaves or is cancelled.
  shipped_quantity bigint NOT NULL DEFAULT 0 CHECK (shipped_quantity >= 0),
  released_quantity bigint NOT NULL DEFAULT 0 CHECK (released_quantity >= 0),
  -- Units for which this is the newest date and which are still open.
  current_quantity bigint NOT NULL CHECK (current_quantity >= 0),
  outcome text NOT NULL DEFAULT 'OPEN' CHECK (outcome IN ('OPEN', 'KEPT', 'BROKEN', 'RELEASED')),
  outcome_time timestamptz,
  PRIMARY KEY (order_id, promise_id),
  CHECK (shipped_quantity + released_quantity + current_quantity <= quantity),
  CHECK ((outcome = 'OPEN') = (outcome_time IS NULL))
) WITH (fillfactor = 70);

-- What may break next.
CREATE INDEX promise_open ON promise (ship_by_date, promise_seq) WHERE outcome = 'OPEN';
