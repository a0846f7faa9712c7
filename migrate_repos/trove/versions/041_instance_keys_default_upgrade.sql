-- Adds instances.encrypted_key.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN encrypted_key VARCHAR(255);
