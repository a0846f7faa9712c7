-- Adds instances.tenant_id and instances.server_status.
-- Existing rows get NULL.

ALTER TABLE instances ADD COLUMN tenant_id VARCHAR(36);
ALTER TABLE instances ADD COLUMN server_status VARCHAR(64);
