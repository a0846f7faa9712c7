-- Adds instances.deleted and instances.deleted_at.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN deleted BOOLEAN;
ALTER TABLE instances ADD COLUMN deleted_at DATETIME;
