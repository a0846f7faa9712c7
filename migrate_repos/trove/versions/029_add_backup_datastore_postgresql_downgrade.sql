-- Drops backups.datastore_version_id with its values.

ALTER TABLE backups DROP COLUMN datastore_version_id;
