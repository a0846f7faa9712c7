-- instances.task_description: VARCHAR(32) becomes VARCHAR(255).
-- Rows are kept.

ALTER TABLE instances ALTER COLUMN task_description TYPE VARCHAR(255);
