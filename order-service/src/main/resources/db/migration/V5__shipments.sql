-- What is offered to the warehouse, what left and what arrived. Whoever changes a shipment holds the lock of its order.

CREATE TABLE shipment (
  order_id uuid NOT NULL REFERENCES customer_order,
  shipment_id uuid NOT NULL,
  -- The order in which shipments were offered; lists are sorted by it. Ids are never sorted by.
  shipment_seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  location text NOT NULL,
  state text NOT NULL CHECK (state IN ('OFFERED', 'CONFIRMING', 'SHIPPED', 'DELIVERED', 'WITHDRAWN')),
  version bigint NOT NULL CHECK (version > 0),
  offer_time timestamptz NOT NULL,
  -- When the warehouse said that it left; it counts once inventory-service has recorded it (SHIPPED).
  ship_time timestamptz,
  deliver_time timestamptz,
  carrier text NOT NULL DEFAULT '',
  tracking_code text NOT NULL DEFAULT '',
  -- The intent of ConfirmShipment: whose request it was, so that whoever finishes it can store the answer for it.
  confirm_caller text,
  confirm_request_id uuid,
  confirm_fingerprint bytea,
  -- How often it was confirmed: inventory-service may refuse, then it is offered again.
  confirm_count integer NOT NULL DEFAULT 0 CHECK (confirm_count >= 0),
  PRIMARY KEY (order_id, shipment_id),
  CHECK ((ship_time IS NOT NULL) = (state IN ('CONFIRMING', 'SHIPPED', 'DELIVERED'))),
  CHECK ((deliver_time IS NOT NULL) = (state = 'DELIVERED')),
  CHECK (state <> 'CONFIRMING' OR (confirm_caller IS NOT NULL AND confirm_request_id IS NOT NULL
      AND confirm_fingerprint IS NOT NULL))
) WITH (fillfactor = 70);

-- Units that are ready at one place leave together: there is one offer to grow.
CREATE UNIQUE INDEX shipment_one_offer ON shipment (order_id, location) WHERE state = 'OFFERED';
-- Callers know a shipment by its id alone.
CREATE INDEX shipment_by_id ON shipment (shipment_id);
-- The warehouse asks for its offers all day; they are few among all shipments.
CREATE INDEX shipment_offers ON shipment (location, shipment_seq) WHERE state = 'OFFERED';
CREATE INDEX shipment_all_offers ON shipment (shipment_seq) WHERE state = 'OFFERED';

-- Units of one order line in a shipment. The lines of a withdrawn shipment tell what was withdrawn last.
CREATE TABLE shipment_line (
  order_id uuid NOT NULL,
  shipment_id uuid NOT NULL,
  line_id uuid NOT NULL,
  -- Place of the line in the order.
  line_number integer NOT NULL,
  sku text NOT NULL,
  quantity bigint NOT NULL CHECK (quantity > 0),
  PRIMARY KEY (order_id, shipment_id, line_id)
) WITH (fillfactor = 90);
