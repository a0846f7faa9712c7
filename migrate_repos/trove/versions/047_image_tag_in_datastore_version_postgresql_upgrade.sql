-- Adds datastore_versions.image_tags; datastore_versions.image_id becomes
-- nullable.
-- Existing rows get NULL tags.

ALTER TABLE datastore_versions
    ALTER COLUMN image_id DROP NOT NULL,
    ADD COLUMN image_tags VARCHAR(255);
