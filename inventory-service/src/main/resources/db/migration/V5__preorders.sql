-- The last day on which an item can be preordered, and caps of channels.

ALTER TABLE item ADD COLUMN preorder_end_date date;
ALTER TABLE item_channel ADD COLUMN preorder_end_date date;

-- On which channel the units were sold: a channel's limit counts those that wait for its own customers.
ALTER TABLE portion ADD COLUMN channel text NOT NULL DEFAULT '';
UPDATE portion p SET channel = a.channel FROM allocation a WHERE a.order_id = p.order_id;

-- Units of an item that wait, at all locations, by the channel on which they were sold. The default channel, which has no
-- code, is not counted: its limit is that of the item. Rows change only under the lock of a stock row of the item.
CREATE TABLE channel_waiting (
    sku              text   NOT NULL,
    channel          text   NOT NULL CHECK (channel <> ''),
    waiting_quantity bigint NOT NULL CHECK (waiting_quantity >= 0),
    PRIMARY KEY (sku, channel)
) WITH (fillfactor = 60);

INSERT INTO channel_waiting (sku, channel, waiting_quantity)
SELECT sku, channel, sum(quantity) FROM portion WHERE state = 'WAITING' AND channel <> '' GROUP BY sku, channel;
