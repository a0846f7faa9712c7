-- Adds indexes on instances; those that exist already stay.

CREATE INDEX IF NOT EXISTS instances_tenant_id ON instances (tenant_id);
CREATE INDEX IF NOT EXISTS instances_deleted ON instances (deleted);
