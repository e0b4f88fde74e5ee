-- When a line is wanted, and where the goods come from, as inventory-service is asked: empty where the caller did not say.
ALTER TABLE order_line ADD COLUMN wanted_date date;
ALTER TABLE customer_order
  ADD COLUMN pick_up_location text NOT NULL DEFAULT '',
  ADD COLUMN sourcing_policy text NOT NULL DEFAULT '';
