-- Adds instances.deleted and instances.deleted_at.
-- Existing rows get NULL.

ALTER TABLE instances
    ADD COLUMN deleted BOOLEAN,
    ADD COLUMN deleted_at TIMESTAMP;
