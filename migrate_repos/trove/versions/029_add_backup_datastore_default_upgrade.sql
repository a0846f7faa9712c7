-- Adds backups.datastore_version_id.
-- Existing rows get NULL.

ALTER TABLE backups
    ADD COLUMN datastore_version_id VARCHAR(36) REFERENCES datastore_versions (id);
