-- Drops configurations.created and configurations.updated with their values.

ALTER TABLE configurations DROP COLUMN updated;
ALTER TABLE configurations DROP COLUMN created;
