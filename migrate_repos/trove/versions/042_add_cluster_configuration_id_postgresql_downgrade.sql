-- Drops clusters.configuration_id with its values.

ALTER TABLE clusters DROP COLUMN configuration_id;
