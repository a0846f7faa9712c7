-- Drops backups.parent_id with its values.

ALTER TABLE backups DROP COLUMN parent_id;
