-- Transfers between locations. Until it ships, a transfer's units are set aside at its origin; from the plan on they are supply at
-- its destination.

-- What a supply is and what it belongs to. Until now a supply without a purchase order was a quality hold.
ALTER TABLE supply RENAME COLUMN purchase_order_id TO source_id;
ALTER TABLE supply ADD COLUMN kind text NOT NULL DEFAULT 'PURCHASE';
UPDATE supply SET kind = 'QUALITY_HOLD', source_id = supply_id WHERE source_id = '';
ALTER TABLE supply
    ALTER COLUMN kind DROP DEFAULT,
    ADD CONSTRAINT supply_kind CHECK (kind IN ('PURCHASE', 'QUALITY_HOLD', 'TRANSFER')),
    ADD CONSTRAINT supply_has_source CHECK (source_id <> ''),
    ADD CONSTRAINT supply_hold_is_its_source CHECK ((kind = 'QUALITY_HOLD') = (source_id = supply_id));

-- On-hand units that are set aside for planned transfers.
ALTER TABLE stock
    ADD COLUMN outgoing_quantity bigint NOT NULL DEFAULT 0 CHECK (outgoing_quantity >= 0),
    DROP CONSTRAINT stock_not_oversold,
    ADD CONSTRAINT stock_not_oversold
        CHECK (reserved_quantity + queue_reserved_quantity + held_quantity + outgoing_quantity <= on_hand_quantity);

ALTER TABLE ledger_transaction DROP CONSTRAINT ledger_transaction_kind_check;
ALTER TABLE ledger_transaction ADD CONSTRAINT ledger_transaction_kind_check CHECK (kind IN
    ('RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'RETURN', 'QUARANTINE', 'RELEASE', 'SCRAP', 'SUPPLIER_RETURN',
     'TRANSFER_SHIPMENT', 'TRANSFER_RECEIPT', 'TRANSFER_LOSS'));

-- Units in transit are at no location: one account per item, like those outside.
ALTER TABLE ledger_entry DROP CONSTRAINT ledger_entry_account_check;
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_account_check CHECK (account IN
    ('ON_HAND', 'QUARANTINE', 'IN_TRANSIT', 'SUPPLIERS', 'CUSTOMERS', 'ADJUSTMENTS'));
ALTER TABLE ledger_outside DROP CONSTRAINT ledger_outside_account_check;
ALTER TABLE ledger_outside ADD CONSTRAINT ledger_outside_account_check CHECK (account IN
    ('IN_TRANSIT', 'SUPPLIERS', 'CUSTOMERS', 'ADJUSTMENTS'));

-- Locked after the stock rows of its lines.
CREATE TABLE transfer (
    transfer_id   text        PRIMARY KEY,
    position      bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    from_location text        NOT NULL,
    to_location   text        NOT NULL,
    expected_date date        NOT NULL,
    state         text        NOT NULL CHECK (state IN ('PLANNED', 'SHIPPED', 'RECEIVED', 'CLOSED', 'CANCELLED')),
    reason        text        NOT NULL,
    actor         text        NOT NULL,
    end_reason    text        NOT NULL,
    version       bigint      NOT NULL CHECK (version > 0),
    create_time   timestamptz NOT NULL,
    update_time   timestamptz NOT NULL,
    ship_time     timestamptz,
    CONSTRAINT transfer_goes_somewhere CHECK (from_location <> to_location),
    CONSTRAINT transfer_shipped_at CHECK ((state IN ('SHIPPED', 'RECEIVED', 'CLOSED')) = (ship_time IS NOT NULL))
) WITH (fillfactor = 70);

CREATE INDEX transfer_open ON transfer (position) WHERE state IN ('PLANNED', 'SHIPPED');

-- A line changes only under the lock of its item's stock row at the destination; while units of it are set aside, also under that
-- at the origin.
CREATE TABLE transfer_line (
    transfer_id          text    NOT NULL REFERENCES transfer (transfer_id),
    line_no              integer NOT NULL,
    supply_id            text    NOT NULL UNIQUE,
    sku                  text    NOT NULL,
    planned_quantity     bigint  NOT NULL CHECK (planned_quantity > 0),
    outgoing_quantity    bigint  NOT NULL CHECK (outgoing_quantity BETWEEN 0 AND planned_quantity),
    shipped_quantity     bigint  NOT NULL DEFAULT 0 CHECK (shipped_quantity BETWEEN 0 AND planned_quantity),
    received_quantity    bigint  NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
    written_off_quantity bigint  NOT NULL DEFAULT 0 CHECK (written_off_quantity >= 0),
    PRIMARY KEY (transfer_id, line_no),
    UNIQUE (transfer_id, sku),
    CONSTRAINT transfer_line_arrives_once CHECK (received_quantity + written_off_quantity <= shipped_quantity),
    CONSTRAINT transfer_line_left_or_not CHECK (outgoing_quantity = 0 OR shipped_quantity = 0)
) WITH (fillfactor = 70);

CREATE INDEX transfer_line_sku ON transfer_line (sku, transfer_id);
-- Whose units are set aside, when some are gone.
CREATE INDEX transfer_line_outgoing ON transfer_line (sku) WHERE outgoing_quantity > 0;
