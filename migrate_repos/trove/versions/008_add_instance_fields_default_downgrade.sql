-- Drops instances.tenant_id and instances.server_status with their values.

ALTER TABLE instances DROP COLUMN server_status;
ALTER TABLE instances DROP COLUMN tenant_id;
