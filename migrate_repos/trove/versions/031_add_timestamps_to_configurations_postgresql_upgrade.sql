-- Adds configurations.created and configurations.updated.
-- Existing rows get NULL.

ALTER TABLE configurations
    ADD COLUMN created TIMESTAMP,
    ADD COLUMN updated TIMESTAMP;
