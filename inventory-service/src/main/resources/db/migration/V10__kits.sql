-- Kits: items that are put together from others when they leave. A kit has no stock of its own.

ALTER TABLE item
    ADD COLUMN component_skus       text[]   NOT NULL DEFAULT '{}',
    ADD COLUMN component_quantities bigint[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT item_components_have_quantities
        CHECK (cardinality(component_skus) = cardinality(component_quantities));

-- Which kits an item is part of.
CREATE INDEX item_component ON item USING gin (component_skus) WHERE component_skus <> '{}';

-- A line of a kit holds nothing itself: its components have lines of their own behind it, with so many units for each kit.
-- They count their own units; the kit's line counts whole kits.
ALTER TABLE allocation_line
    ADD COLUMN kit_line_no   integer,
    ADD COLUMN units_per_kit bigint CHECK (units_per_kit > 0),
    ADD CONSTRAINT allocation_line_component CHECK ((kit_line_no IS NULL) = (units_per_kit IS NULL));

CREATE INDEX allocation_line_kit ON allocation_line (order_id, kit_line_no) WHERE kit_line_no IS NOT NULL;
