-- What has to be bought, and when the stock was last looked through for it.

CREATE SEQUENCE reorder_need_number;

CREATE TABLE reorder_need (
    sku              text        NOT NULL,
    need_id          uuid        NOT NULL,
    -- Order in which needs were raised; ids are not used for that.
    number           bigint      NOT NULL,
    location         text        NOT NULL,
    quantity         bigint      NOT NULL CHECK (quantity > 0),
    waiting_quantity bigint      NOT NULL CHECK (waiting_quantity BETWEEN 0 AND quantity),
    need_by_date     date,
    state            text        NOT NULL CHECK (state IN ('OPEN', 'ORDERED', 'CANCELLED')),
    -- The purchase order line that covers it; absent while open.
    supply_id        text,
    create_time      timestamptz NOT NULL,
    update_time      timestamptz NOT NULL,
    PRIMARY KEY (sku, need_id),
    UNIQUE (sku, number),
    CONSTRAINT reorder_need_ordered_by_something CHECK (state <> 'ORDERED' OR supply_id IS NOT NULL)
);

-- ListReorderNeeds walks in the order in which they were raised.
CREATE INDEX reorder_need_oldest ON reorder_need (number);
-- Open needs count as coming when a position is computed.
CREATE INDEX reorder_need_open ON reorder_need (sku, location) WHERE state = 'OPEN';

-- Facts about needs have the sku as their key; this counts them. Its row is also what makes two locations of one sku
-- publish one after the other. Locked after the balances, in sku order.
CREATE TABLE reorder_sku (
    sku     text   PRIMARY KEY,
    version bigint NOT NULL
) WITH (fillfactor = 70);

-- The newest version of each purchase order that was applied: older facts that come late are ignored.
CREATE TABLE followed_purchase_order (
    purchase_order_id text   PRIMARY KEY,
    version           bigint NOT NULL
);

-- One row. Reviews come at a cadence, so that a burst of orders is bought for once and not line by line.
CREATE TABLE replenishment_review (
    singleton        boolean     PRIMARY KEY DEFAULT true CHECK (singleton),
    -- Nothing is reviewed before this, unless a review that began is not through.
    next_review_time timestamptz NOT NULL,
    unfinished       boolean     NOT NULL
);

INSERT INTO replenishment_review (next_review_time, unfinished) VALUES ('1970-01-01T00:00:00Z', false);
