-- Adds instances.slave_of_id.
-- Existing rows get NULL.

ALTER TABLE instances
    ADD COLUMN slave_of_id VARCHAR(36) REFERENCES instances (id);
