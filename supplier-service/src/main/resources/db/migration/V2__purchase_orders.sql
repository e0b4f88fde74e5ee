-- Purchase orders. The state of an order is derived from its lines by the program (docs/purchase-order-states.md); it
-- is stored for lists and for the index that keeps drafts unique, and a consistency check derives it again.

CREATE SEQUENCE purchase_order_number;

CREATE TABLE purchase_order (
    id                              uuid        PRIMARY KEY,
    -- PO-000042 is 42. From a sequence: numbers rise, gaps are allowed. Lists are ordered by it, never by the id.
    number                          bigint      NOT NULL UNIQUE CHECK (number > 0),
    supplier                        text COLLATE "C" NOT NULL REFERENCES supplier (code),
    location                        text COLLATE "C" NOT NULL CHECK (location ~ '^[A-Za-z0-9._-]{1,64}$'),
    state                           text        NOT NULL CHECK (state IN ('DRAFT', 'SENT', 'ACKNOWLEDGED',
                                        'PARTLY_RECEIVED', 'RECEIVED', 'CLOSED', 'REJECTED', 'CANCELLED')),
    -- Made by a person: it collects no needs and no timer sends it.
    by_hand                         boolean     NOT NULL,
    -- True while reorder needs may be added to it.
    collecting                      boolean     NOT NULL,
    -- The supplier's percentages when it was sent.
    over_receipt_tolerance_percent  integer     NOT NULL CHECK (over_receipt_tolerance_percent BETWEEN 0 AND 100),
    under_receipt_tolerance_percent integer     NOT NULL CHECK (under_receipt_tolerance_percent BETWEEN 0 AND 100),
    send_due_time                   timestamptz,
    create_time                     timestamptz NOT NULL,
    sent_time                       timestamptz,
    acknowledged_time               timestamptz,
    closed_time                     timestamptz,
    -- Counts the changes. 0 is seen only by the transaction that is making the order.
    version                         bigint      NOT NULL CHECK (version >= 0),
    CONSTRAINT purchase_order_by_hand_stands_alone CHECK (NOT by_hand OR (NOT collecting AND send_due_time IS NULL)),
    CONSTRAINT purchase_order_only_drafts_collect CHECK (NOT collecting OR state = 'DRAFT'),
    CONSTRAINT purchase_order_only_drafts_are_due CHECK (send_due_time IS NULL OR state = 'DRAFT'),
    CONSTRAINT purchase_order_draft_is_not_sent CHECK (state <> 'DRAFT' OR sent_time IS NULL)
);

-- At most one draft collects the needs of a supplier and location, whatever two replicas do at the same time.
CREATE UNIQUE INDEX purchase_order_one_collecting_draft ON purchase_order (supplier, location) WHERE collecting;

-- The timer looks for drafts that are due.
CREATE INDEX purchase_order_send_due ON purchase_order (send_due_time) WHERE send_due_time IS NOT NULL;
CREATE INDEX purchase_order_by_supplier ON purchase_order (supplier, number);
CREATE INDEX purchase_order_by_state ON purchase_order (state, number);

CREATE TABLE purchase_order_line (
    -- The supply id in inventory-service.
    id                   uuid    PRIMARY KEY,
    purchase_order_id    uuid    NOT NULL REFERENCES purchase_order (id),
    position             integer NOT NULL CHECK (position > 0),
    sku                  text COLLATE "C" NOT NULL CHECK (sku ~ '^[A-Za-z0-9._/-]{1,64}$'),
    -- What was asked for, before the supplier's minimum and multiple: the sum of its needs.
    wanted_quantity      bigint  NOT NULL CHECK (wanted_quantity > 0),
    ordered_quantity     bigint  NOT NULL CHECK (ordered_quantity BETWEEN 1 AND 1000000000),
    accepted_quantity    bigint  NOT NULL CHECK (accepted_quantity BETWEEN 0 AND ordered_quantity),
    -- What inventory-service counted. No upper bound: goods that are in the building are a fact.
    received_quantity    bigint  NOT NULL CHECK (received_quantity >= 0),
    state                text    NOT NULL CHECK (state IN ('OPEN', 'ACCEPTED', 'REJECTED', 'RECEIVED', 'CLOSED', 'CANCELLED')),
    expected_date        date    NOT NULL,
    first_promised_date  date,
    -- The supplier's terms when the line was made; the estimate is made again at sending.
    lead_time_days       integer NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
    cost_currency        text    CHECK (cost_currency ~ '^[A-Z]{3}$'),
    cost_amount_minor    bigint  CHECK (cost_amount_minor >= 0),
    cost_price_quantity  bigint  CHECK (cost_price_quantity > 0),
    UNIQUE (purchase_order_id, position),
    CONSTRAINT purchase_order_line_accepted CHECK (state <> 'ACCEPTED' OR accepted_quantity > 0),
    CONSTRAINT purchase_order_line_rejected CHECK (state <> 'REJECTED' OR (accepted_quantity = 0 AND received_quantity = 0)),
    CONSTRAINT purchase_order_line_received CHECK (state <> 'RECEIVED' OR received_quantity > 0),
    CONSTRAINT purchase_order_line_cancelled CHECK (state <> 'CANCELLED' OR received_quantity = 0),
    -- Goods that come are an answer: an open line has received nothing.
    CONSTRAINT purchase_order_line_open CHECK (state <> 'OPEN' OR (accepted_quantity = 0 AND received_quantity = 0))
);

-- A draft has an item once: a further need makes the line grow.
CREATE UNIQUE INDEX purchase_order_line_sku_open ON purchase_order_line (purchase_order_id, sku) WHERE state = 'OPEN';

-- Which line covers a need. The primary key is the promise that the same need never buys twice.
CREATE TABLE purchase_order_line_need (
    need_id  uuid   PRIMARY KEY,
    line_id  uuid   NOT NULL REFERENCES purchase_order_line (id),
    -- Order in which needs came, for a stable listing.
    ordinal  bigint NOT NULL,
    quantity bigint NOT NULL CHECK (quantity > 0)
);

CREATE INDEX purchase_order_line_need_by_line ON purchase_order_line_need (line_id, ordinal);

-- What was done to an order, by whom and why. Insert-only; one row per version.
CREATE TABLE purchase_order_change (
    purchase_order_id uuid        NOT NULL REFERENCES purchase_order (id),
    version           bigint      NOT NULL CHECK (version > 0),
    cause             text        NOT NULL,
    state             text        NOT NULL,
    reason            text        NOT NULL CHECK (length(reason) <= 500),
    caller            text        NOT NULL,
    change_time       timestamptz NOT NULL,
    PRIMARY KEY (purchase_order_id, version)
);
