-- Drops root_enabled_history.deleted_at with its values.
-- Rows marked as deleted stay, without the mark.

ALTER TABLE root_enabled_history DROP COLUMN deleted_at;
