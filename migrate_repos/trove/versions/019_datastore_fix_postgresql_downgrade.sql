-- instances.datastore_version_id becomes nullable again.
-- Instances keep their versions; the legacy datastore and version stay.

ALTER TABLE instances ALTER COLUMN datastore_version_id DROP NOT NULL;
