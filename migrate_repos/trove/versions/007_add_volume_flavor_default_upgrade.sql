-- Adds instances.flavor_id and instances.volume_size.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN flavor_id VARCHAR(36);
ALTER TABLE instances ADD COLUMN volume_size INTEGER;
