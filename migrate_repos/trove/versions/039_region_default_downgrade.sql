-- Drops instances.region_id with its values.

ALTER TABLE instances DROP COLUMN region_id;
