-- What carts hold until a time: units on the shelf, and places in the queue within the backorder limit.
--
-- Rows change only under the lock of their stock row. An expired row still counts in the balances until somebody who has
-- that lock takes it away; whoever only reads takes it off in the answer. So a hold ends at its time even if no job runs.

ALTER TABLE stock
    ADD COLUMN held_quantity       bigint NOT NULL DEFAULT 0 CHECK (held_quantity >= 0),
    ADD COLUMN held_place_quantity bigint NOT NULL DEFAULT 0 CHECK (held_place_quantity >= 0),
    DROP CONSTRAINT stock_not_oversold,
    ADD CONSTRAINT stock_not_oversold
        CHECK (reserved_quantity + queue_reserved_quantity + held_quantity <= on_hand_quantity);

CREATE TABLE hold (
    cart_id             text        PRIMARY KEY,
    channel             text        NOT NULL,
    customer_class      text        NOT NULL,
    priority            integer     NOT NULL,
    destination_country text        NOT NULL,
    expire_time         timestamptz NOT NULL,
    update_time         timestamptz NOT NULL,
    version             bigint      NOT NULL CHECK (version > 0)
) WITH (fillfactor = 70);

CREATE INDEX hold_expiry ON hold (expire_time, cart_id);

CREATE TABLE hold_units (
    cart_id        text        NOT NULL,
    sku            text        NOT NULL,
    location       text        NOT NULL,
    shelf_quantity bigint      NOT NULL CHECK (shelf_quantity >= 0),
    place_quantity bigint      NOT NULL CHECK (place_quantity >= 0),
    -- That of its hold, so that what has expired of an item is one range.
    expire_time    timestamptz NOT NULL,
    PRIMARY KEY (cart_id, sku, location),
    CONSTRAINT hold_units_of_something CHECK (shelf_quantity + place_quantity > 0)
);

CREATE INDEX hold_units_stock ON hold_units (sku, location, expire_time, cart_id);

-- Who has units on the shelf: for units that vanish, and for what is promised by day.
CREATE INDEX portion_reserved ON portion (sku, location) WHERE state = 'RESERVED';
