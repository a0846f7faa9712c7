-- Drops datastore_version_metadata with all its rows.

DROP TABLE datastore_version_metadata;
