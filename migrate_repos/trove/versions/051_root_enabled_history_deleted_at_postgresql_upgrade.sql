-- Adds root_enabled_history.deleted_at.
-- Existing rows get NULL.

ALTER TABLE root_enabled_history ADD COLUMN deleted_at TIMESTAMP;
