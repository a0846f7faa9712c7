-- Adds backups.parent_id.
-- Existing rows get NULL.

ALTER TABLE backups ADD COLUMN parent_id VARCHAR(36);
