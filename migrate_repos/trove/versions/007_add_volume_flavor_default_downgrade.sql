-- Drops instances.flavor_id and instances.volume_size with their values.

ALTER TABLE instances DROP COLUMN volume_size;
ALTER TABLE instances DROP COLUMN flavor_id;
