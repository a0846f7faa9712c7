-- Adds instances.ssl_mode and instances.ssl_ref.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN ssl_mode VARCHAR(16);
ALTER TABLE instances ADD COLUMN ssl_ref TEXT;
