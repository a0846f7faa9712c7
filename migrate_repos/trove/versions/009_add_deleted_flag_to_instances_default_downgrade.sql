-- Drops instances.deleted and instances.deleted_at with their values.
-- Rows marked as deleted stay, without the mark.

ALTER TABLE instances DROP COLUMN deleted_at;
ALTER TABLE instances DROP COLUMN deleted;
