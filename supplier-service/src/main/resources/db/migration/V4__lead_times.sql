-- Measured lead times: what each receipt says about how long the supplier took. Insert-only; written in the transaction
-- that records the receipt, so each receipt is measured once. Distributions are derived from these rows whenever they are
-- asked for or published.

CREATE TABLE lead_time_observation (
    -- Order in which receipts became known: the newest are measured, and lists go by it.
    position               bigint  GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    line_id                uuid    NOT NULL REFERENCES purchase_order_line (id),
    supplier               text COLLATE "C" NOT NULL,
    sku                    text COLLATE "C" NOT NULL,
    quantity               bigint  NOT NULL CHECK (quantity > 0),
    -- Units of the line so far, these included. With the line it names the receipt: none is measured twice.
    line_received_quantity bigint  NOT NULL CHECK (line_received_quantity >= quantity),
    line_expected_quantity bigint  NOT NULL CHECK (line_expected_quantity > 0),
    sent_date              date    NOT NULL,
    -- What the supplier first promised; our estimate when it never promised anything.
    promised_date          date    NOT NULL,
    received_date          date    NOT NULL,
    -- Working days of the supplier by the calendar that it had at the receipt.
    lead_time_days         integer NOT NULL CHECK (lead_time_days >= 0),
    late_days              integer NOT NULL CHECK (late_days = received_date - promised_date),
    received_time          timestamptz NOT NULL,
    UNIQUE (line_id, line_received_quantity)
);

CREATE INDEX lead_time_observation_by_item ON lead_time_observation (supplier, sku, position);
CREATE INDEX lead_time_observation_by_supplier ON lead_time_observation (supplier, position);
CREATE INDEX lead_time_observation_by_sku ON lead_time_observation (sku, position);

-- Units that had arrived before anything was measured.
ALTER TABLE purchase_order_line ADD COLUMN unmeasured_quantity bigint NOT NULL DEFAULT 0 CHECK (unmeasured_quantity >= 0);
UPDATE purchase_order_line SET unmeasured_quantity = received_quantity WHERE received_quantity > 0;

-- Key versions of what is published about them. 0: nothing yet, so that what was there before this is published too.
ALTER TABLE supplier ADD COLUMN terms_version bigint NOT NULL DEFAULT 0 CHECK (terms_version >= 0);
ALTER TABLE supplier_item ADD COLUMN terms_version bigint NOT NULL DEFAULT 0 CHECK (terms_version >= 0);
CREATE INDEX supplier_unpublished ON supplier (code) WHERE terms_version = 0;
CREATE INDEX supplier_item_unpublished ON supplier_item (supplier, sku) WHERE terms_version = 0;
