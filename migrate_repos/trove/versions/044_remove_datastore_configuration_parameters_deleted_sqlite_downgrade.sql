-- Adds datastore_configuration_parameters.deleted and .deleted_at again.
-- Existing rows get false and NULL; the rows that the upgrade removed do not
-- come back.

ALTER TABLE datastore_configuration_parameters
    ADD COLUMN deleted BOOLEAN CHECK (deleted IN (0, 1));
ALTER TABLE datastore_configuration_parameters ADD COLUMN deleted_at DATETIME;

UPDATE datastore_configuration_parameters SET deleted = 0;
