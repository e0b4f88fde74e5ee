-- Quality holds: units that are in the building and may not be sold before they were inspected.

ALTER TABLE stock ADD COLUMN quarantine_quantity bigint NOT NULL DEFAULT 0 CHECK (quarantine_quantity >= 0);

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind_check CHECK (kind IN
    ('RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'RETURN', 'QUARANTINE', 'RELEASE', 'SCRAP', 'SUPPLIER_RETURN'));

ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account_check;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account_check CHECK (account IN
    ('ON_HAND', 'QUARANTINE', 'SUPPLIERS', 'CUSTOMERS', 'ADJUSTMENTS'));
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_location;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_location
    CHECK ((account IN ('ON_HAND', 'QUARANTINE')) = (location <> ''));

ALTER TABLE receipt ADD COLUMN quality_hold_quantity bigint NOT NULL DEFAULT 0
    CHECK (quality_hold_quantity BETWEEN 0 AND quantity);
ALTER TABLE receipt ADD COLUMN quality_hold_id text NOT NULL DEFAULT '';

-- A hold with a date is a supply too, of the same id and of no purchase order. Rows change only under the lock of the
-- stock row.
CREATE TABLE quality_hold (
    quality_hold_id   text        PRIMARY KEY,
    position          bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    sku               text        NOT NULL,
    location          text        NOT NULL,
    quantity          bigint      NOT NULL CHECK (quantity > 0),
    held_quantity     bigint      NOT NULL CHECK (held_quantity >= 0),
    accepted_quantity bigint      NOT NULL DEFAULT 0 CHECK (accepted_quantity >= 0),
    rejected_quantity bigint      NOT NULL DEFAULT 0 CHECK (rejected_quantity >= 0),
    reason            text        NOT NULL,
    actor             text        NOT NULL,
    -- The supply or the order that the units came from; empty when from the shelf.
    reference         text        NOT NULL,
    expected_date     date,
    create_time       timestamptz NOT NULL,
    CONSTRAINT quality_hold_adds_up CHECK (held_quantity + accepted_quantity + rejected_quantity = quantity)
) WITH (fillfactor = 70);

CREATE INDEX quality_hold_open ON quality_hold (sku, location, position) WHERE held_quantity > 0;
