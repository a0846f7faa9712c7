-- Drops datastore_configuration_parameters with all its rows.

DROP TABLE datastore_configuration_parameters;
