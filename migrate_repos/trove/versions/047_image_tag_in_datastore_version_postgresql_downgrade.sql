-- Drops datastore_versions.image_tags with its values;
-- datastore_versions.image_id becomes NOT NULL again.
-- A version without an image gets the all-zero UUID.

UPDATE datastore_versions
SET image_id = '00000000-0000-0000-0000-000000000000'
WHERE image_id IS NULL;

ALTER TABLE datastore_versions
    ALTER COLUMN image_id SET NOT NULL,
    DROP COLUMN image_tags;
