-- Items, how they are sold, and the places that hold them. Read by every quote and allocation, written by people.

CREATE TABLE item (
    sku                          text        PRIMARY KEY CHECK (sku ~ '^[A-Za-z0-9._/-]{1,64}$'),
    description                  text        NOT NULL CHECK (length(description) <= 500),
    sales_mode                   text        NOT NULL,
    backorder_limit_kind         text        NOT NULL,
    backorder_limit_quantity     bigint      NOT NULL CHECK (backorder_limit_quantity >= 0),
    reliability_reserve_percent  integer     NOT NULL CHECK (reliability_reserve_percent BETWEEN 0 AND 100),
    release_date                 date,
    lead_time_days               integer     NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
    max_wait_days                integer     NOT NULL CHECK (max_wait_days BETWEEN 0 AND 3650),
    low_stock_threshold_quantity bigint      NOT NULL CHECK (low_stock_threshold_quantity >= 0),
    protected_quantity           bigint      NOT NULL CHECK (protected_quantity >= 0),
    replenishment_method         text        NOT NULL CHECK (replenishment_method IN ('NONE', 'MIN_MAX')),
    min_quantity                 bigint      NOT NULL CHECK (min_quantity >= 0),
    max_quantity                 bigint      NOT NULL,
    version                      bigint      NOT NULL CHECK (version > 0),
    create_time                  timestamptz NOT NULL,
    update_time                  timestamptz NOT NULL,
    -- A minimum above the maximum would buy for ever.
    CONSTRAINT item_min_not_above_max CHECK (min_quantity <= max_quantity),
    CONSTRAINT item_sales_mode CHECK (sales_mode IN ('IN_STOCK_ONLY', 'BACKORDER', 'PREORDER', 'MADE_TO_ORDER')),
    CONSTRAINT item_backorder_limit_kind CHECK (backorder_limit_kind IN ('NONE', 'FIXED', 'INBOUND')),
    CONSTRAINT item_preorder_has_release_date CHECK (sales_mode <> 'PREORDER' OR release_date IS NOT NULL)
);

-- A channel that sells an item in another way than the item says. It replaces the item's policy whole: a policy put
-- together from two rows could be one that nobody decided.
CREATE TABLE item_channel (
    sku                          text        NOT NULL REFERENCES item (sku),
    channel                      text        NOT NULL CHECK (channel ~ '^[A-Za-z0-9._-]{1,64}$'),
    sales_mode                   text        NOT NULL,
    backorder_limit_kind         text        NOT NULL,
    backorder_limit_quantity     bigint      NOT NULL CHECK (backorder_limit_quantity >= 0),
    reliability_reserve_percent  integer     NOT NULL CHECK (reliability_reserve_percent BETWEEN 0 AND 100),
    release_date                 date,
    lead_time_days               integer     NOT NULL CHECK (lead_time_days BETWEEN 0 AND 3650),
    max_wait_days                integer     NOT NULL CHECK (max_wait_days BETWEEN 0 AND 3650),
    PRIMARY KEY (sku, channel),
    CONSTRAINT item_channel_sales_mode CHECK (sales_mode IN ('IN_STOCK_ONLY', 'BACKORDER', 'PREORDER', 'MADE_TO_ORDER')),
    CONSTRAINT item_channel_backorder_limit_kind CHECK (backorder_limit_kind IN ('NONE', 'FIXED', 'INBOUND')),
    CONSTRAINT item_channel_preorder_has_release_date CHECK (sales_mode <> 'PREORDER' OR release_date IS NOT NULL)
);

CREATE TABLE location (
    code             text      PRIMARY KEY CHECK (code ~ '^[A-Za-z0-9._-]{1,64}$'),
    name             text      NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    time_zone        text      NOT NULL,
    priority         integer   NOT NULL CHECK (priority BETWEEN 0 AND 1000),
    active           boolean   NOT NULL,
    handling_days    integer   NOT NULL CHECK (handling_days BETWEEN 0 AND 3650),
    inspection_days  integer   NOT NULL CHECK (inspection_days BETWEEN 0 AND 3650),
    -- 1 is Monday. Without a working day no promise could ever be made.
    working_weekdays integer[] NOT NULL CHECK (cardinality(working_weekdays) BETWEEN 1 AND 7),
    closed_dates     date[]    NOT NULL,
    version          bigint    NOT NULL CHECK (version > 0)
);

CREATE TABLE location_transit_time (
    location            text    NOT NULL REFERENCES location (code),
    destination_country text    NOT NULL CHECK (destination_country ~ '^([A-Z]{2}|[*])$'),
    days                integer NOT NULL CHECK (days BETWEEN 0 AND 3650),
    PRIMARY KEY (location, destination_country)
);
