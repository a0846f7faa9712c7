-- Deploy people:count-visits

BEGIN;

ALTER TABLE person ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;
UPDATE person SET visits = visits + 1;

COMMIT;
