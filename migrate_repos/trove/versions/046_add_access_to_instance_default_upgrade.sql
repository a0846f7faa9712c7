-- Adds instances.access.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN access TEXT;
