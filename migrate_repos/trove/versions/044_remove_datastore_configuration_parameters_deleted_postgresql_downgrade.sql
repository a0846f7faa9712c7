-- Adds datastore_configuration_parameters.deleted and .deleted_at again.
-- Existing rows get false and NULL; the rows that the upgrade removed do not
-- come back.

ALTER TABLE datastore_configuration_parameters
    ADD COLUMN deleted BOOLEAN,
    ADD COLUMN deleted_at TIMESTAMP;

UPDATE datastore_configuration_parameters SET deleted = FALSE;
