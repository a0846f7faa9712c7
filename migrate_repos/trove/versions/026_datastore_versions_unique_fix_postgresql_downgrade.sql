-- Adds UNIQUE (name) of datastore_versions again.
-- Two versions of one name stop the downgrade.

ALTER TABLE datastore_versions
    ADD CONSTRAINT datastore_versions_name_key UNIQUE (name);
