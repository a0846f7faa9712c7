-- Drops datastore_configuration_parameters.deleted and .deleted_at.
-- Rows marked as deleted are removed; all others are kept.

DELETE FROM datastore_configuration_parameters WHERE deleted;

ALTER TABLE datastore_configuration_parameters
    DROP COLUMN deleted,
    DROP COLUMN deleted_at;
