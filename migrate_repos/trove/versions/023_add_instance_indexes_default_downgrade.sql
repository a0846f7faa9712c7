-- Drops the indexes on instances.

DROP INDEX instances_deleted;
DROP INDEX instances_tenant_id;
