-- Suppliers and what they sell. Codes sort by their bytes, so that a tie between suppliers, and the order of a list,
-- is the same on every server.

CREATE TABLE supplier (
    code                            text COLLATE "C" PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9._-]{1,64}$'),
    name                            text        NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    time_zone                       text        NOT NULL CHECK (length(time_zone) BETWEEN 1 AND 200),
    active                          boolean     NOT NULL,
    send_delay_minutes              integer     NOT NULL CHECK (send_delay_minutes BETWEEN 0 AND 43200),
    auto_send                       boolean     NOT NULL,
    over_receipt_tolerance_percent  integer     NOT NULL CHECK (over_receipt_tolerance_percent BETWEEN 0 AND 100),
    under_receipt_tolerance_percent integer     NOT NULL CHECK (under_receipt_tolerance_percent BETWEEN 0 AND 100),
    -- 1 is Monday. Empty means all seven: a calendar without a working day would never reach a date.
    working_weekdays                integer[]   NOT NULL CHECK (cardinality(working_weekdays) BETWEEN 0 AND 7),
    version                         bigint      NOT NULL CHECK (version > 0),
    create_time                     timestamptz NOT NULL,
    update_time                     timestamptz NOT NULL
);

CREATE TABLE supplier_closed_date (
    supplier    text COLLATE "C" NOT NULL REFERENCES supplier (code),
    closed_date date             NOT NULL,
    PRIMARY KEY (supplier, closed_date)
);

CREATE TABLE supplier_item (
    supplier            text COLLATE "C" NOT NULL REFERENCES supplier (code),
    sku                 text COLLATE "C" NOT NULL CHECK (sku ~ '^[A-Za-z0-9._/-]{1,64}$'),
    supplier_sku        text             NOT NULL CHECK (length(supplier_sku) <= 100),
    -- All three or none: a supplier may not have told a price.
    cost_currency       text             CHECK (cost_currency ~ '^[A-Z]{3}$'),
    cost_amount_minor   bigint           CHECK (cost_amount_minor >= 0),
    cost_price_quantity bigint           CHECK (cost_price_quantity > 0),
    minimum_quantity    bigint           NOT NULL CHECK (minimum_quantity BETWEEN 1 AND 1000000000),
    multiple_quantity   bigint           NOT NULL CHECK (multiple_quantity BETWEEN 1 AND 1000000000),
    lead_time_days      integer          NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
    priority            integer          NOT NULL CHECK (priority BETWEEN 0 AND 1000),
    PRIMARY KEY (supplier, sku),
    CONSTRAINT supplier_item_cost_whole CHECK (
        (cost_currency IS NULL) = (cost_amount_minor IS NULL) AND (cost_currency IS NULL) = (cost_price_quantity IS NULL))
);

-- Who sells this item? Asked for every need.
CREATE INDEX supplier_item_by_sku ON supplier_item (sku, priority, supplier);
