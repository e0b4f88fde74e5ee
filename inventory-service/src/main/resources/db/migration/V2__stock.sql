-- Stock, its ledger, what orders hold, the queue and the supply schedule.
--
-- The row of `stock` is the mutex of its sku and location: whoever changes a balance, a supply, or what waits there,
-- locks it first (rows in the order of sku and location), then outside accounts, then allocations by order id. So all
-- that is read after the lock about this sku and location stays true until the commit.

CREATE TABLE stock (
    sku                     text    NOT NULL,
    location                text    NOT NULL,
    on_hand_quantity        bigint  NOT NULL DEFAULT 0 CHECK (on_hand_quantity >= 0),
    reserved_quantity       bigint  NOT NULL DEFAULT 0 CHECK (reserved_quantity >= 0),
    -- Units set aside for the queue whose lines have not got them yet.
    queue_reserved_quantity bigint  NOT NULL DEFAULT 0 CHECK (queue_reserved_quantity >= 0),
    waiting_quantity        bigint  NOT NULL DEFAULT 0 CHECK (waiting_quantity >= 0),
    -- Open units of confirmed supply, and of supply that the supplier has not confirmed.
    inbound_quantity        bigint  NOT NULL DEFAULT 0 CHECK (inbound_quantity >= 0),
    planned_quantity        bigint  NOT NULL DEFAULT 0 CHECK (planned_quantity >= 0),
    version                 bigint  NOT NULL DEFAULT 0,
    -- Set by every change; replenishment claims such rows and clears it.
    replenishment_due       boolean NOT NULL DEFAULT false,
    PRIMARY KEY (sku, location),
    -- The last defence against selling a unit twice.
    CONSTRAINT stock_not_oversold CHECK (reserved_quantity + queue_reserved_quantity <= on_hand_quantity),
    CONSTRAINT stock_queue_reserved_waits CHECK (queue_reserved_quantity <= waiting_quantity)
) WITH (fillfactor = 60);

CREATE INDEX stock_replenishment_due ON stock (sku, location) WHERE replenishment_due;

-- Append-only. `position` is the order in which they were recorded; ids are for references.
CREATE TABLE ledger_transaction (
    ledger_transaction_id uuid        PRIMARY KEY,
    position              bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    kind                  text        NOT NULL CHECK (kind IN ('RECEIPT', 'SHIPMENT', 'ADJUSTMENT', 'RETURN')),
    reason                text        NOT NULL,
    actor                 text        NOT NULL,
    reference             text        NOT NULL,
    occurred_time         timestamptz NOT NULL,
    recorded_time         timestamptz NOT NULL
);

CREATE INDEX ledger_transaction_reference ON ledger_transaction (reference, position) WHERE reference <> '';

CREATE TABLE ledger_entry (
    ledger_transaction_id uuid    NOT NULL,
    entry_no              integer NOT NULL,
    sku                   text    NOT NULL,
    -- Empty for accounts outside.
    location              text    NOT NULL,
    account               text    NOT NULL CHECK (account IN ('ON_HAND', 'SUPPLIERS', 'CUSTOMERS', 'ADJUSTMENTS')),
    quantity              bigint  NOT NULL CHECK (quantity <> 0),
    previous_balance      bigint  NOT NULL,
    new_balance           bigint  NOT NULL,
    PRIMARY KEY (ledger_transaction_id, entry_no),
    CONSTRAINT ledger_entry_adds_up CHECK (previous_balance + quantity = new_balance),
    CONSTRAINT ledger_entry_location CHECK ((account = 'ON_HAND') = (location <> ''))
);

CREATE INDEX ledger_entry_sku ON ledger_entry (sku, ledger_transaction_id);

-- Balances of the accounts outside, per sku. On-hand balances are in `stock`.
CREATE TABLE ledger_outside (
    sku     text   NOT NULL,
    account text   NOT NULL CHECK (account IN ('SUPPLIERS', 'CUSTOMERS', 'ADJUSTMENTS')),
    balance bigint NOT NULL,
    PRIMARY KEY (sku, account)
) WITH (fillfactor = 60);

-- Taken while the stock rows are locked: the place in a queue follows the order of decisions, never a random id.
CREATE SEQUENCE queue_sequence CACHE 1;

CREATE TABLE allocation (
    order_id            text        PRIMARY KEY,
    channel             text        NOT NULL,
    customer_class      text        NOT NULL,
    priority            integer     NOT NULL,
    destination_country text        NOT NULL,
    sequence            bigint      NOT NULL,
    version             bigint      NOT NULL CHECK (version > 0),
    create_time         timestamptz NOT NULL,
    update_time         timestamptz NOT NULL
) WITH (fillfactor = 70);

-- What is reserved and what waits of a line are its portions; the rest of its units are counted here.
CREATE TABLE allocation_line (
    order_id          text    NOT NULL,
    line_no           integer NOT NULL,
    line_id           text    NOT NULL,
    sku               text    NOT NULL,
    ordered_quantity  bigint  NOT NULL CHECK (ordered_quantity > 0),
    shipped_quantity  bigint  NOT NULL DEFAULT 0 CHECK (shipped_quantity >= 0),
    released_quantity bigint  NOT NULL DEFAULT 0 CHECK (released_quantity >= 0),
    refused_quantity  bigint  NOT NULL DEFAULT 0 CHECK (refused_quantity >= 0),
    returned_quantity bigint  NOT NULL DEFAULT 0,
    PRIMARY KEY (order_id, line_no),
    UNIQUE (order_id, line_id),
    CONSTRAINT allocation_line_adds_up
        CHECK (shipped_quantity + released_quantity + refused_quantity <= ordered_quantity),
    CONSTRAINT allocation_line_returned CHECK (returned_quantity BETWEEN 0 AND shipped_quantity)
) WITH (fillfactor = 70);

-- Units of a line that share one fate: reserved on the shelf, or waiting in the queue of their sku and location.
CREATE TABLE portion (
    order_id        text        NOT NULL,
    line_no         integer     NOT NULL,
    portion_no      integer     NOT NULL,
    sku             text        NOT NULL,
    location        text        NOT NULL,
    state           text        NOT NULL CHECK (state IN ('RESERVED', 'WAITING')),
    quantity        bigint      NOT NULL CHECK (quantity > 0),
    -- The place in the queue: rank (priority with its sign turned, so that all columns of the queue's index ascend and
    -- a page of it is one range), then the sequence of the order, then the line.
    rank            integer     NOT NULL,
    sequence        bigint      NOT NULL,
    -- The supply that a waiting portion is pegged to; empty when none.
    supply_id       text        NOT NULL DEFAULT '',
    ship_by_date    date        NOT NULL,
    deliver_by_date date,
    percentile      integer     NOT NULL CHECK (percentile BETWEEN 1 AND 99),
    basis           text        NOT NULL CHECK (basis IN ('STOCK', 'SUPPLY', 'PURCHASE', 'RELEASE', 'MADE_TO_ORDER')),
    constraint_kind text        NOT NULL,
    -- A preorder leaves on no day before this one.
    not_before_date date,
    transit_days    integer,
    waiting_since   timestamptz NOT NULL,
    PRIMARY KEY (order_id, line_no, portion_no),
    CONSTRAINT portion_reserved_is_not_pegged CHECK (state = 'WAITING' OR supply_id = '')
) WITH (fillfactor = 70);

-- The queue, and within it who is pegged to which supply. Filling and re-promising read only the lines they change.
CREATE INDEX portion_queue ON portion (sku, location, supply_id, rank, sequence, line_no, portion_no)
    WHERE state = 'WAITING';
-- Promises that rest on a purchase not yet made, by the day on which they pass.
CREATE INDEX portion_unpegged_date ON portion (location, ship_by_date) WHERE state = 'WAITING' AND supply_id = '';

CREATE TABLE supply (
    supply_id                       text        PRIMARY KEY,
    -- The order in which we heard of them breaks ties of the date; their ids are random.
    position                        bigint      GENERATED ALWAYS AS IDENTITY,
    purchase_order_id               text        NOT NULL,
    supplier                        text        NOT NULL,
    sku                             text        NOT NULL,
    location                        text        NOT NULL,
    expected_quantity               bigint      NOT NULL CHECK (expected_quantity >= 0),
    received_quantity               bigint      NOT NULL DEFAULT 0 CHECK (received_quantity >= 0),
    pegged_quantity                 bigint      NOT NULL DEFAULT 0 CHECK (pegged_quantity >= 0),
    expected_date                   date        NOT NULL,
    -- The day we count on: the expected one, or a later one once it is overdue.
    effective_date                  date        NOT NULL,
    overdue                         boolean     NOT NULL DEFAULT false,
    state                           text        NOT NULL CHECK (state IN ('PLANNED', 'CONFIRMED', 'CLOSED', 'CANCELLED')),
    over_receipt_tolerance_quantity bigint      NOT NULL CHECK (over_receipt_tolerance_quantity >= 0),
    source_version                  bigint      NOT NULL,
    -- True until nothing more comes and nobody is pegged.
    live                            boolean     NOT NULL
) WITH (fillfactor = 70);

CREATE INDEX supply_live ON supply (sku, location) WHERE live;
CREATE INDEX supply_sku ON supply (sku, supply_id);
CREATE INDEX supply_open_date ON supply (location, effective_date) WHERE state IN ('PLANNED', 'CONFIRMED');

CREATE TABLE receipt (
    receipt_id     uuid        PRIMARY KEY,
    position       bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    supply_id      text        NOT NULL,
    sku            text        NOT NULL,
    location       text        NOT NULL,
    quantity       bigint      NOT NULL CHECK (quantity > 0),
    queue_quantity bigint      NOT NULL CHECK (queue_quantity BETWEEN 0 AND quantity),
    received_time  timestamptz NOT NULL,
    actor          text        NOT NULL
);

CREATE INDEX receipt_supply ON receipt (supply_id, position);

-- Counts the receipts of a purchase order: the version of its facts, and their lock, since its lines are received apart.
CREATE TABLE receipt_count (
    purchase_order_id text   PRIMARY KEY,
    receipts          bigint NOT NULL CHECK (receipts > 0)
);

-- Units set aside for a queue too long to serve in one transaction; work goes on until nothing remains.
CREATE TABLE queue_fill (
    fill_id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku                text        NOT NULL,
    location           text        NOT NULL,
    -- The supply they came from: its lines come first. Empty when they came from elsewhere.
    supply_id          text        NOT NULL,
    remaining_quantity bigint      NOT NULL CHECK (remaining_quantity > 0),
    create_time        timestamptz NOT NULL
);

CREATE INDEX queue_fill_stock ON queue_fill (sku, location, fill_id);
