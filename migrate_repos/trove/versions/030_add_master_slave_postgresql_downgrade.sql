-- Drops instances.slave_of_id with its values.

ALTER TABLE instances DROP COLUMN slave_of_id;
