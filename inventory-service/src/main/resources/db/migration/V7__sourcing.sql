-- The first day on which a line may leave, when its buyer wants it later.

ALTER TABLE allocation_line ADD COLUMN wanted_date date;

-- The day from which units are wanted: the wanted date, or the day of the order. Of equal rank, earlier days are served first.
ALTER TABLE portion
    ADD COLUMN wanted_date date,
    ADD COLUMN due_date    date;
UPDATE portion p SET due_date = (a.create_time AT TIME ZONE l.time_zone)::date
FROM allocation a, location l WHERE a.order_id = p.order_id AND l.code = p.location;
ALTER TABLE portion ALTER COLUMN due_date SET NOT NULL;

DROP INDEX portion_queue;
CREATE INDEX portion_queue ON portion (sku, location, supply_id, rank, due_date, sequence, line_no, portion_no)
    WHERE state = 'WAITING';

-- Waiting units that nothing earlier would help: pegged to supply that comes in time for their wanted date. Units on the
-- shelf are not theirs.
ALTER TABLE stock
    ADD COLUMN patient_quantity bigint NOT NULL DEFAULT 0 CHECK (patient_quantity >= 0),
    ADD CONSTRAINT stock_patient_waits CHECK (patient_quantity <= waiting_quantity);

-- Where an order is picked up, and which locations were to serve it; empty where its buyer did not say.
ALTER TABLE allocation
    ADD COLUMN pick_up_location text NOT NULL DEFAULT '',
    ADD COLUMN sourcing_policy  text NOT NULL DEFAULT '';
ALTER TABLE hold
    ADD COLUMN pick_up_location text NOT NULL DEFAULT '',
    ADD COLUMN sourcing_policy  text NOT NULL DEFAULT '';

-- Items that may be offered in the place of one, the best first.
ALTER TABLE item ADD COLUMN substitute_skus text[] NOT NULL DEFAULT '{}';
