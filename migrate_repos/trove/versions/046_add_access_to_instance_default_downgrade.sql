-- Drops instances.access with its values.

ALTER TABLE instances DROP COLUMN access;
