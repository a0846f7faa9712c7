-- Adds clusters.configuration_id.
-- Existing rows get NULL.

ALTER TABLE clusters
    ADD COLUMN configuration_id VARCHAR(36) REFERENCES configurations (id);
