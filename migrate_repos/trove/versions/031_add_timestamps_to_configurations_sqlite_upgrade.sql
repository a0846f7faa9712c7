-- Adds configurations.created and configurations.updated.
-- Existing rows get NULL.

ALTER TABLE configurations ADD COLUMN created DATETIME;
ALTER TABLE configurations ADD COLUMN updated DATETIME;
