-- Drops the indexes on backups.

DROP INDEX backups_deleted;
DROP INDEX backups_instance_id;
