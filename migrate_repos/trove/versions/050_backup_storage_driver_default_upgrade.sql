-- Adds backups.storage_driver.
-- Existing rows get 'swift'.

ALTER TABLE backups ADD COLUMN storage_driver TEXT;

UPDATE backups SET storage_driver = 'swift';
