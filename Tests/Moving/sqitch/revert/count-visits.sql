-- Revert people:count-visits

BEGIN;

ALTER TABLE person DROP COLUMN visits;

COMMIT;
