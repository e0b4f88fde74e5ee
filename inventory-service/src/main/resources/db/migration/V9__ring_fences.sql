-- Ring fences: units of an item that are kept for a channel, a customer class, or a channel's customers of a class.
--
-- The rows of an item's ring fences, and what members got of them, change only under the locks of all its stock rows.

CREATE TABLE ring_fence (
    ring_fence_id     text        PRIMARY KEY,
    -- The order in which they were made: the first one is served first.
    position          bigint      GENERATED ALWAYS AS IDENTITY,
    sku               text        NOT NULL,
    -- Empty for any.
    location          text        NOT NULL,
    channel           text        NOT NULL,
    customer_class    text        NOT NULL,
    quantity          bigint      NOT NULL CHECK (quantity > 0),
    -- Units that members got of it: on the shelf, by a peg to a supply, or shipped.
    consumed_quantity bigint      NOT NULL DEFAULT 0 CHECK (consumed_quantity >= 0),
    -- From then on it keeps nothing, whether or not anybody has looked.
    end_time          timestamptz,
    -- True once somebody has: the queue has got what it kept.
    ended             boolean     NOT NULL DEFAULT false,
    version           bigint      NOT NULL CHECK (version > 0),
    create_time       timestamptz NOT NULL,
    update_time       timestamptz NOT NULL,
    CONSTRAINT ring_fence_for_somebody CHECK (channel <> '' OR customer_class <> '')
) WITH (fillfactor = 70);

CREATE INDEX ring_fence_live ON ring_fence (sku, position) WHERE NOT ended;
CREATE INDEX ring_fence_end ON ring_fence (end_time) WHERE NOT ended AND end_time IS NOT NULL;

-- What a line got of a ring fence. It goes back when the line gives units back; what was shipped stays.
CREATE TABLE ring_fence_use (
    ring_fence_id text    NOT NULL,
    order_id      text    NOT NULL,
    line_no       integer NOT NULL,
    quantity      bigint  NOT NULL CHECK (quantity >= 0),
    PRIMARY KEY (order_id, line_no, ring_fence_id)
) WITH (fillfactor = 70);

CREATE INDEX ring_fence_use_fence ON ring_fence_use (ring_fence_id);

-- True for every row of an item that has ring fences: who locks one of them locks all, and nobody else reads any more
-- than before.
ALTER TABLE stock ADD COLUMN ring_fenced boolean NOT NULL DEFAULT false;

-- Whether a waiting line is a member. Members are found without reading all who wait.
ALTER TABLE portion ADD COLUMN customer_class text NOT NULL DEFAULT '';
UPDATE portion p SET customer_class = a.customer_class FROM allocation a
WHERE a.order_id = p.order_id AND a.customer_class <> '';
CREATE INDEX portion_queue_channel ON portion (sku, location, channel, rank, due_date, sequence, line_no, portion_no)
    WHERE state = 'WAITING' AND channel <> '';
CREATE INDEX portion_queue_class ON portion (sku, location, customer_class, rank, due_date, sequence, line_no, portion_no)
    WHERE state = 'WAITING' AND customer_class <> '';
