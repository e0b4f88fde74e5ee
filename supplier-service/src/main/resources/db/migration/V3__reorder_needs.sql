-- Needs of inventory-service, as they came by its feed. A need waits as UNCOVERED until a supplier sells the item.

-- Counts the changes of suppliers and their items. A need remembers the count at which it was last looked at, so that a
-- need that nobody can cover is looked at again when something changed, and not ten times a second.
CREATE TABLE catalogue_version (
    id      integer PRIMARY KEY CHECK (id = 1),
    version bigint  NOT NULL CHECK (version > 0)
);

INSERT INTO catalogue_version (id, version) VALUES (1, 1);

CREATE TABLE reorder_need (
    id                        uuid        PRIMARY KEY,
    -- Order of arrival: needs are covered in this order, so that a replay gives the same purchase orders.
    ordinal                   bigint      GENERATED ALWAYS AS IDENTITY UNIQUE,
    sku                       text COLLATE "C" NOT NULL CHECK (sku ~ '^[A-Za-z0-9._/-]{1,64}$'),
    location                  text COLLATE "C" NOT NULL CHECK (location ~ '^[A-Za-z0-9._-]{1,64}$'),
    quantity                  bigint      NOT NULL CHECK (quantity > 0),
    need_by_date              date,
    state                     text        NOT NULL CHECK (state IN ('UNCOVERED', 'COVERED', 'CANCELLED')),
    checked_catalogue_version bigint      NOT NULL CHECK (checked_catalogue_version >= 0),
    -- The event that told it, and the chain that it belongs to.
    event_id                  uuid        NOT NULL,
    correlation_id            text        NOT NULL,
    arrived_time              timestamptz NOT NULL,
    covered_time              timestamptz
);

CREATE INDEX reorder_need_uncovered ON reorder_need (ordinal) WHERE state = 'UNCOVERED';
CREATE INDEX reorder_need_to_check ON reorder_need (checked_catalogue_version) WHERE state = 'UNCOVERED';
