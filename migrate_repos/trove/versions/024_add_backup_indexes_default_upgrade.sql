-- Adds indexes on backups; those that exist already stay.

CREATE INDEX IF NOT EXISTS backups_instance_id ON backups (instance_id);
CREATE INDEX IF NOT EXISTS backups_deleted ON backups (deleted);
