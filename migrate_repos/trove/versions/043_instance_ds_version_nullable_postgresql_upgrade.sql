-- instances.datastore_version_id becomes nullable.
-- Rows are kept.

ALTER TABLE instances ALTER COLUMN datastore_version_id DROP NOT NULL;
