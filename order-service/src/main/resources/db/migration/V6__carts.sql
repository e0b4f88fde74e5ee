-- The cart that became the order: inventory-service gives what it holds to the order.
ALTER TABLE customer_order ADD COLUMN cart_id text NOT NULL DEFAULT '';
