-- Drops instances.service_type with its values.

ALTER TABLE instances DROP COLUMN service_type;
