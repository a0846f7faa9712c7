-- Drops backups.storage_driver with its values.

ALTER TABLE backups DROP COLUMN storage_driver;
