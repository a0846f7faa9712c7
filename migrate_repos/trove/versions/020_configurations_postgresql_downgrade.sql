-- Drops instances.configuration_id with its values, and
-- configuration_parameters and configurations with all their rows.

ALTER TABLE instances DROP COLUMN configuration_id;

DROP TABLE configuration_parameters;
DROP TABLE configurations;
